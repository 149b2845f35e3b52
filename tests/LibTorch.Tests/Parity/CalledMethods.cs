using System.Reflection;
using System.Reflection.Emit;

namespace LibTorch.Tests.Parity;

/// <summary>
/// What methods call, read from their instructions: a list of names kept by hand would say what it likes.
/// </summary>
internal static class CalledMethods
{
    private static readonly Dictionary<short, OpCode> _codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The methods that can be reached, through those of this assembly only.</summary>
    internal static HashSet<MethodBase> From(IEnumerable<MethodBase> starts)
    {
        var found = new HashSet<MethodBase>();
        var open = new Stack<MethodBase>(starts);
        while (open.TryPop(out var method))
        {
            foreach (var called in CalledBy(method).Where(found.Add))
            {
                if (called.Module == typeof(CalledMethods).Module)
                {
                    open.Push(called);
                }
            }
        }

        return found;
    }

    private static IEnumerable<MethodBase> CalledBy(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var ofType = method.DeclaringType is { IsGenericType: true } type ? type.GetGenericArguments() : [];
        var ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (var at = 0; at < code.Length;)
        {
            // Two-byte instructions start with 0xFE.
            var instruction = _codes[code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += instruction.Size;
            if (instruction.OperandType == OperandType.InlineMethod
                && method.Module.ResolveMethod(BitConverter.ToInt32(code, at), ofType, ofMethod) is { } called)
            {
                yield return called;
            }

            at += instruction.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
