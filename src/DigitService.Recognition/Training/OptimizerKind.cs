namespace DigitService.Recognition.Training;

/// <summary>How a gradient becomes a step.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent: the gradient times the learning rate.</summary>
    Sgd,

    /// <summary>Gradient descent with Polyak's momentum.</summary>
    Momentum,

    /// <summary>Kingma and Ba, 2015.</summary>
    Adam,

    /// <summary>Adam with the weight decay taken out of the gradient: Loshchilov and Hutter, 2019.</summary>
    AdamW,
}
