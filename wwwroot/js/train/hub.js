const shortest = 500;
const longest = 15_000;

/**
 * Listens to the training hub, and finds it again by itself whenever it is lost. The service sends a snapshot on every
 * connection, so that nothing in between is missing.
 */
export class TrainingHub {
  #connection;
  #told;
  #isWanted = false;
  #isRunning = false;
  #ended = () => {};
  #hurry = () => {};

  /**
   * @param listeners Functions by the names of the hub's messages: snapshot, run, batch, epoch.
   * @param {(isConnected: boolean) => void} told Told whenever the connection is there, or is lost.
   */
  constructor(listeners, told) {
    this.#told = told;
    this.#connection = new signalR.HubConnectionBuilder()
      .withUrl('hubs/training')
      .configureLogging(signalR.LogLevel.None)
      .build();
    this.#connection.onclose(() => this.#ended());
    for (const [name, listener] of Object.entries(listeners)) {
      this.#connection.on(name, listener);
    }
    addEventListener('online', () => this.hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.hurry());
  }

  start() {
    this.#isWanted = true;
    if (!this.#isRunning) {
      this.#run();
    }
  }

  stop() {
    this.#isWanted = false;
    this.#connection.stop();
    this.hurry();
  }

  /** Ends the wait for the next attempt. */
  hurry() {
    this.#hurry();
  }

  /** Asks for a snapshot. If that is lost with the connection, the next one begins with a snapshot anyway. */
  requestSnapshot() {
    this.#connection.send('GetSnapshot').catch(() => {});
  }

  async #run() {
    this.#isRunning = true;
    let failures = 0;
    while (this.#isWanted) {
      failures = await this.#stay() ? 0 : failures + 1;
      if (this.#isWanted) {
        this.#told(false);
        await this.#pause(Math.min(longest, shortest * 2 ** failures));
      }
    }
    this.#isRunning = false;
  }

  /** Connects, and resolves when the connection has ended: false if there never was one. */
  async #stay() {
    const ended = new Promise(resolve => {
      this.#ended = resolve;
    });
    try {
      await this.#connection.start();
    } catch {
      return false;
    }
    this.#told(true);
    await ended;
    return true;
  }

  // A little more or less, so that not all pages come back at the same moment.
  #pause(milliseconds) {
    return new Promise(resolve => {
      this.#hurry = resolve;
      setTimeout(resolve, milliseconds * (0.8 + 0.4 * Math.random()));
    });
  }
}
