namespace DigitService.Recognition.Training;

/// <summary>How the learning rate changes during a run.</summary>
public enum ScheduleKind
{
    /// <summary>It stays.</summary>
    None,

    /// <summary>A tenth of it after each third of the epochs.</summary>
    Step,

    /// <summary>Half of it when the validation accuracy has not risen for two epochs in a row.</summary>
    Plateau,

    /// <summary>It falls to 0 along half a cosine, a little with every step (Loshchilov and Hutter, 2017).</summary>
    Cosine,

    /// <summary>
    /// It rises for three tenths of the run and falls for the rest, a little with every step, and the momentum, or Adam's
    /// first beta, the other way round (Smith and Topin, 2018).
    /// </summary>
    OneCycle,

    /// <summary>
    /// As <see cref="OneCycle"/>, and once more up to a quarter of the rate, for the last tenth of the epochs, rounded down
    /// and at least one. The run ends with the mean of the weights that the two end with (Izmailov et al., "Averaging
    /// weights leads to wider optima and better generalization", 2018).
    /// </summary>
    Cycles,
}
