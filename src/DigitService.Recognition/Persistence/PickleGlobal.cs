namespace DigitService.Recognition.Persistence;

/// <summary>What the few names that a pickle may mention stand for.</summary>
internal enum PickleGlobalKind
{
    OrderedDictionary,
    RebuildTensor,
    RebuildParameter,
    Storage,
}

/// <summary>
/// A Python name that a pickle mentions. Python would import it and call it, which makes a checkpoint
/// a program; here a name is one of this list or the file is refused.
/// </summary>
internal sealed record PickleGlobal(PickleGlobalKind Kind, PthElementType ElementType = default)
{
    internal static PickleGlobal Resolve(string module, string name, string file)
    {
        if (module == "torch" && name.EndsWith("Storage", StringComparison.Ordinal))
        {
            return ElementTypes.FromStorageClass(name) is { } type
                ? new PickleGlobal(PickleGlobalKind.Storage, type)
                : throw PthFormatException.In(
                    file,
                    $"it holds a tensor kept in {PthFormatException.Quote($"torch.{name}")}. "
                    + $"Accepted are {ElementTypes.Accepted}; convert it in PyTorch, for instance with .float(), "
                    + "and save it again.");
        }

        return (module, name) switch
        {
            ("collections", "OrderedDict") => new PickleGlobal(PickleGlobalKind.OrderedDictionary),
            ("torch._utils", "_rebuild_tensor_v2") => new PickleGlobal(PickleGlobalKind.RebuildTensor),
            ("torch._utils", "_rebuild_parameter") => new PickleGlobal(PickleGlobalKind.RebuildParameter),
            _ => throw PthFormatException.In(
                file,
                $"it asks for {PthFormatException.Quote($"{module}.{name}")}, which no state dictionary needs; "
                + "nothing was run. Accepted are dictionaries, lists, tuples, numbers, strings and tensors: "
                + "save state_dict() and not the model itself."),
        };
    }
}
