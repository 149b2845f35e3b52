namespace DigitService.Recognition.Networks;

/// <summary>How diagrams look in light and in dark surroundings. Every class begins with <c>nd-</c>, as they may share a page.</summary>
internal static class DiagramStyle
{
    internal const string Css = """
        .nd-text { font: 11.5px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: #1f2733; }
        .nd-title { font-size: 21px; font-weight: 650; }
        .nd-shape { font-weight: 650; }
        .nd-digit { font-size: 10px; fill: #ffffff; }
        .nd-border { stroke: #ffffff; stroke-width: .8; }
        .nd-muted { fill: #667085; }
        .nd-paper { fill: #ffffff; }
        .nd-line { fill: none; stroke: #8792a2; stroke-width: 1.3; }
        .nd-arc { fill: none; stroke: #1f9d7a; stroke-width: 1.6; }
        .nd-head { fill: #8792a2; }
        .nd-archead { fill: #1f9d7a; }
        .nd-fan { fill: #8b6fd0; fill-opacity: .13; }
        .nd-ray { fill: none; stroke: #8792a2; stroke-width: .9; stroke-dasharray: 3 2; }
        .nd-window { fill: #d9482b; fill-opacity: .22; stroke: #d9482b; stroke-width: 1.1; }
        .nd-card { fill: #eaf7f2; stroke: #1f9d7a; stroke-width: 1.1; }
        .nd-face { stroke: #ffffff; stroke-width: .8; stroke-linejoin: round; }
        .nd-roof { fill: #ffffff; fill-opacity: .34; stroke: none; }
        .nd-side { fill: #000000; fill-opacity: .17; stroke: none; }
        .nd-neuron { fill: #ffffff; fill-opacity: .82; }
        .nd-ink { fill: none; stroke: #f4f6f8; stroke-width: 7; stroke-linecap: round; stroke-linejoin: round; }
        .nd-picture { fill: #12151a; }
        .nd-convolution { fill: #4a84dc; }
        .nd-pooling { fill: #e2a138; }
        .nd-reshape { fill: #98a2b3; }
        .nd-dense { fill: #8b6fd0; }
        .nd-sum, .nd-product { fill: #1f9d7a; }
        .nd-other { fill: #98a2b3; }
        @media (prefers-color-scheme: dark) {
          .nd-text { fill: #e6e9ef; }
          .nd-digit { fill: #ffffff; }
          .nd-border { stroke: #15181e; }
          .nd-muted { fill: #98a2b3; }
          .nd-paper { fill: #15181e; }
          .nd-line, .nd-ray { stroke: #7c8797; }
          .nd-head { fill: #7c8797; }
          .nd-arc { stroke: #3cc49c; }
          .nd-archead { fill: #3cc49c; }
          .nd-fan { fill: #a78bea; fill-opacity: .16; }
          .nd-window { fill: #ff7a5c; fill-opacity: .3; stroke: #ff7a5c; }
          .nd-card { fill: #12302a; stroke: #3cc49c; }
          .nd-face { stroke: #15181e; }
          .nd-roof { fill-opacity: .22; }
          .nd-side { fill-opacity: .3; }
          .nd-picture { fill: #000000; stroke: #4b5563; }
        }
        """;
}
