using System.Runtime.ExceptionServices;

namespace DigitService.Recognition.Training;

/// <summary>
/// Threads that do their parts of a piece of work side by side and wait for one another. The caller's thread is the
/// first of them, and every part is always done by the same thread, as tensors' scopes belong to theirs.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Helper[] _helpers;

    internal WorkerTeam(int size) => _helpers = [.. Enumerable.Range(1, size - 1).Select(part => new Helper(part))];

    internal int Size => _helpers.Length + 1;

    /// <summary>For work of many pieces to look at between two of them.</summary>
    internal CancellationToken Cancellation { get; set; }

    /// <summary>Calls <paramref name="work"/> with 0 to size - 1, and returns when all calls have ended.</summary>
    internal void Run(Action<int> work)
    {
        foreach (var helper in _helpers)
        {
            helper.Start(work);
        }

        ExceptionDispatchInfo? failure = null;
        try
        {
            work(0);
        }
        catch (Exception error)
        {
            failure = ExceptionDispatchInfo.Capture(error);
        }

        // All are waited for even after a failure: the caller may dispose what they use.
        foreach (var helper in _helpers)
        {
            var failed = helper.Wait();
            failure ??= failed;
        }

        failure?.Throw();
    }

    public void Dispose()
    {
        foreach (var helper in _helpers)
        {
            helper.Dispose();
        }
    }

    private sealed class Helper : IDisposable
    {
        private readonly Thread _thread;
        private readonly int _part;

        // The pauses between parts are far shorter than waking a thread takes, so both sides look a while before
        // they sleep.
        private readonly ManualResetEventSlim _started = new(false, spinCount: 2_000);
        private readonly ManualResetEventSlim _ended = new(false, spinCount: 2_000);
        private Action<int>? _work;
        private ExceptionDispatchInfo? _failure;

        internal Helper(int part)
        {
            _part = part;
            _thread = new Thread(Loop)
            {
                IsBackground = true,
                Name = $"replica {part}",
                Priority = Thread.CurrentThread.Priority,
            };
            _thread.Start();
        }

        internal void Start(Action<int>? work)
        {
            _work = work;
            _started.Set();
        }

        internal ExceptionDispatchInfo? Wait()
        {
            _ended.Wait();
            _ended.Reset();
            return _failure;
        }

        public void Dispose()
        {
            Start(null);
            _thread.Join();
            _started.Dispose();
            _ended.Dispose();
        }

        private void Loop()
        {
            while (true)
            {
                _started.Wait();
                _started.Reset();
                if (_work is not { } work)
                {
                    return;
                }

                _failure = null;
                try
                {
                    work(_part);
                }
                catch (Exception error)
                {
                    _failure = ExceptionDispatchInfo.Capture(error);
                }

                _ended.Set();
            }
        }
    }
}
