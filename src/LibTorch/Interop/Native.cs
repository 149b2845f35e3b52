using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

[assembly: DisableRuntimeMarshalling]

namespace TorchSharp;

/// <summary>The functions of the shim (native/shim.h tells their conventions) and what they have in common.</summary>
internal static partial class Native
{
    internal const string Library = "torchshim";

    static Native() => NativeLibrary.SetDllImportResolver(typeof(Native).Assembly, Resolve);

    /// <summary>Throws the native error that a status other than 0 announces, with libtorch's own text.</summary>
    internal static void Check(int status)
    {
        if (status != 0)
        {
            throw new ExternalException(Text(lt_last_error()));
        }
    }

    internal static string Text(IntPtr utf8) => Marshal.PtrToStringUTF8(utf8) ?? "";

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath)
    {
        if (name != Library)
        {
            return IntPtr.Zero;
        }

        var file = Path.Combine(AppContext.BaseDirectory, "libtorchshim.so");
        try
        {
            return NativeLibrary.Load(file);
        }
        catch (DllNotFoundException error)
        {
            throw new DllNotFoundException(LibTorchMessages.CannotLoad(File.Exists(file), error.Message), error);
        }
    }

    [LibraryImport(Library)]
    internal static partial IntPtr lt_last_error();

    [LibraryImport(Library)]
    internal static partial void lt_tensor_free(IntPtr tensor);

    [LibraryImport(Library)]
    internal static partial long lt_live_tensors();

    [LibraryImport(Library)]
    internal static partial long lt_peak_tensors();

    [LibraryImport(Library)]
    internal static partial int lt_version(out IntPtr result);

    [LibraryImport(Library)]
    internal static partial int lt_blas_path(out IntPtr result);

    /// <param name="most">The best instructions that inference is to use: 0 none, 1 AVX2, 2 AVX-512.</param>
    /// <param name="result">Those that it uses from now on.</param>
    [LibraryImport(Library)]
    internal static partial int lt_limit_inference(int most, out int result);

    [LibraryImport(Library)]
    internal static partial int lt_set_num_threads(int count);

    [LibraryImport(Library)]
    internal static partial int lt_get_num_threads(out int result);

    [LibraryImport(Library)]
    internal static partial int lt_set_num_interop_threads(int count);

    [LibraryImport(Library)]
    internal static partial int lt_get_num_interop_threads(out int result);

    [LibraryImport(Library)]
    internal static partial int lt_cuda_device_count(out int result);

    [LibraryImport(Library)]
    internal static partial int lt_manual_seed(long seed);

    [LibraryImport(Library)]
    internal static partial int lt_generator_default(out GeneratorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_generator_new(ulong seed, out GeneratorHandle result);

    [LibraryImport(Library)]
    internal static partial void lt_generator_free(IntPtr generator);

    [LibraryImport(Library)]
    internal static partial int lt_generator_manual_seed(GeneratorHandle generator, long seed);

    [LibraryImport(Library)]
    internal static partial int lt_generator_initial_seed(GeneratorHandle generator, out long result);

    [LibraryImport(Library)]
    internal static partial int lt_generator_get_state(GeneratorHandle generator, out TensorHandle result);

    [LibraryImport(Library)]
    internal static partial int lt_generator_set_state(GeneratorHandle generator, TensorHandle state);
}
