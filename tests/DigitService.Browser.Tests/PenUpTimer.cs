using Microsoft.Playwright;

namespace DigitService.Browser.Tests;

/// <summary>Measures on a page how long it takes from pen up until the answer has been painted.</summary>
internal static class PenUpTimer
{
    internal static Task StartAsync(IPage page) => page.EvaluateAsync("""
        () => {
          const answer = document.getElementById('answer');
          window.penUpTimes = [];
          let up = 0;
          document.getElementById('canvas').addEventListener('pointerup', event => { up = event.timeStamp; });
          const painted = () => {
            if (up > 0 && answer.getAttribute('aria-busy') === 'false') {
              const since = up;
              up = 0;
              requestAnimationFrame(() => setTimeout(() => window.penUpTimes.push(performance.now() - since)));
            }
          };
          new MutationObserver(painted).observe(answer, { attributes: true, attributeFilter: ['aria-busy'] });
        }
        """);

    /// <summary>Milliseconds, one for every digit's last stroke and for every other that was answered before the next began.</summary>
    internal static Task<double[]> ReadAsync(IPage page) => page.EvaluateAsync<double[]>("() => window.penUpTimes");
}
