using TorchSharp;

namespace LibTorch.Tests.Native;

public class LibTorchMessagesFacts
{
    [Theory]
    [InlineData("/usr/lib/x86_64-linux-gnu/blas/libblas.so.3.11.0")]
    [InlineData("/usr/lib64/libblas.so.3")]
    public void TheReferenceBlasIsWarnedOf(string path)
    {
        var warning = LibTorchMessages.SlowBlas(path);
        Assert.Contains("libopenblas0-pthread", warning, StringComparison.Ordinal);
        Assert.Contains("11 times slower", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/usr/lib/x86_64-linux-gnu/openblas-pthread/libblas.so.3")]
    [InlineData("/usr/lib/x86_64-linux-gnu/libmkl_rt.so")]
    [InlineData("/usr/lib/x86_64-linux-gnu/blis-openmp/libblas.so.4")]
    [InlineData("/opt/libtorch/lib/libtorch_cpu.so")]
    [InlineData("")]
    public void AFastBlasIsNot(string path) => Assert.Null(LibTorchMessages.SlowBlas(path));

    [Fact]
    public void MissingLibTorchNamesThePackagesToInstall()
    {
        Assert.Contains(
            "apt-get install libtorch-dev libopenblas0-pthread",
            LibTorchMessages.CannotLoad(shimExists: true, "libtorch_cpu.so.1.13: cannot open shared object file"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void WhoHasToBuildIsToldEveryPackageThatBootstrapInstalls()
    {
        var bootstrap = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "script", "bootstrap");
        var packages = File.ReadLines(bootstrap).Single(line => line.StartsWith("system_packages=(", StringComparison.Ordinal)).Split('(', ')')[1];
        Assert.Contains($"apt-get install {packages})", LibTorchMessages.CannotLoad(shimExists: false, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void TheBlasOfThisProcessIsFound()
    {
        global::TorchSharp.Native.Check(global::TorchSharp.Native.lt_blas_path(out var path));
        Assert.StartsWith("/", global::TorchSharp.Native.Text(path), StringComparison.Ordinal);
    }
}
