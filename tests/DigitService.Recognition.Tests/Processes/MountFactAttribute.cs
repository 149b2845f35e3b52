using System.Diagnostics;

namespace DigitService.Recognition.Tests.Processes;

/// <summary>A fact about a disk of its own, skipped only where the kernel lets nobody mount one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MountFactAttribute : FactAttribute
{
    // The mount is seen by the process that makes it and its children alone, and ends with them.
    private static readonly string[] _unshare = ["unshare", "--map-root-user", "--mount", "sh", "-c"];

    private static readonly Lazy<bool> _canMount = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("digits-");
        try
        {
            string[] command = [.. FullDisk(folder.FullName), "true"];
            using var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true });
            process?.WaitForExit();
            return process?.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            folder.Delete();
        }
    });

    public MountFactAttribute()
    {
        if (!_canMount.Value)
        {
            Skip = "The kernel allows no mount here (unshare --map-root-user --mount).";
        }
    }

    /// <summary>Starts a program with a folder that is a disk of 1 MiB.</summary>
    internal static string[] FullDisk(string folder) =>
        [.. _unshare, "mount -t tmpfs -o size=1m tmpfs \"$0\" && exec \"$@\"", folder];

    /// <summary>Starts a program with a folder that cannot be written to, by root neither.</summary>
    internal static string[] ReadOnly(string folder) =>
        [.. _unshare, "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\" && exec \"$@\"", folder];
}
