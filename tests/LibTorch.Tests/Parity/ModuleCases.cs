using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LibTorch.Tests.Parity;

/// <summary>The modules that the fixtures have values of, by the names that they have there.</summary>
internal static class ModuleCases
{
    internal static IReadOnlyDictionary<string, Func<ScalarType, Module<Tensor, Tensor>>> All { get; } =
        new Dictionary<string, Func<ScalarType, Module<Tensor, Tensor>>>
        {
            ["Linear"] = type => Linear(3, 4, dtype: type),
            ["Linear without bias"] = type => Linear(3, 4, hasBias: false, dtype: type),
            ["Conv2d"] = type => Conv2d(2, 3, 3, dtype: type),
            ["Conv2d of one image"] = type => Conv2d(2, 3, 3, dtype: type),
            ["Conv2d with stride and padding"] = type => Conv2d(1, 2, 3, stride: 2, padding: 1, dtype: type),
            ["Conv2d with dilation"] = type => Conv2d(2, 2, 2, dilation: 3, dtype: type),
            ["Conv2d in groups"] = type => Conv2d(4, 2, 2, groups: 2, dtype: type),
            ["Conv2d without bias"] = type => Conv2d(3, 2, 1, bias: false, dtype: type),
            ["BatchNorm1d"] = type => BatchNorm1d(3, dtype: type),
            ["BatchNorm1d in use"] = type => BatchNorm1d(3, dtype: type),
            ["BatchNorm1d of sequences"] = type => BatchNorm1d(3, dtype: type),
            ["BatchNorm1d with settings"] = type => BatchNorm1d(3, eps: 1e-2, momentum: 0.4, dtype: type),
            ["BatchNorm1d without scale"] = type => BatchNorm1d(3, affine: false, dtype: type),
            ["BatchNorm1d without memory"] = type => BatchNorm1d(3, track_running_stats: false, dtype: type),
            ["BatchNorm1d without memory in use"] = type => BatchNorm1d(3, track_running_stats: false, dtype: type),
            ["BatchNorm2d"] = type => BatchNorm2d(2, dtype: type),
            ["BatchNorm2d in use"] = type => BatchNorm2d(2, dtype: type),
            ["BatchNorm2d with settings"] = type => BatchNorm2d(2, eps: 1e-2, momentum: 0.4, dtype: type),
            ["BatchNorm2d without scale"] = type => BatchNorm2d(2, affine: false, dtype: type),
            ["BatchNorm2d without memory"] = type => BatchNorm2d(2, track_running_stats: false, dtype: type),
            ["BatchNorm2d without memory in use"] = type => BatchNorm2d(2, track_running_stats: false, dtype: type),
            ["ReLU"] = _ => ReLU(),
            ["Sigmoid"] = _ => Sigmoid(),
            ["Tanh"] = _ => Tanh(),
            ["Softmax"] = _ => Softmax(0),
            ["LogSoftmax"] = _ => LogSoftmax(1),
            ["Identity"] = _ => Identity(),
            ["Flatten"] = _ => Flatten(),
            ["Flatten of inner dimensions"] = _ => Flatten(1, 2),
            ["Dropout in use"] = _ => Dropout(),
            ["Dropout of nothing"] = _ => Dropout(0),
            ["Dropout of everything"] = _ => Dropout(1),
            ["MaxPool2d"] = _ => MaxPool2d(2),
            ["MaxPool2d with settings"] = _ => MaxPool2d(2, 3, 1, 2),
            ["MaxPool2d with a ceiling"] = _ => MaxPool2d(2, ceil_mode: true),
            ["AvgPool2d"] = _ => AvgPool2d(2),
            ["AvgPool2d with settings"] = _ => AvgPool2d(3, 2, 1, true, false),
            ["AvgPool2d with a divisor"] = _ => AvgPool2d(2, 1, divisor_override: 3),
            ["AdaptiveAvgPool2d"] = _ => AdaptiveAvgPool2d(2),
            ["AdaptiveMaxPool2d"] = _ => AdaptiveMaxPool2d([2, 3]),
            ["Sequential"] = _ => Sequential(
                Conv2d(1, 3, 3, padding: 1, bias: false),
                BatchNorm2d(3),
                ReLU(),
                MaxPool2d(2),
                Flatten(),
                Linear(12, 5),
                Sequential(Tanh(), Linear(5, 3))),
            ["Sequential in use"] = _ => Sequential(
                ("0", Conv2d(2, 3, 2)),
                ("1", BatchNorm2d(3)),
                ("2", ReLU(inplace: true)),
                ("3", AdaptiveAvgPool2d(1)),
                ("4", Flatten()),
                ("5", Dropout()),
                ("6", Linear(3, 2))),
            ["Sequential of nothing but shapes"] = _ => Sequential(Identity(), Flatten(), Identity()),
        };
}
