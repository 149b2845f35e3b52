using System.Globalization;

namespace TorchSharp;

public static partial class torch
{
    public static readonly Device CPU = new(DeviceType.CPU);

    public static Device CUDA => new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>Where a tensor lives: a kind of device, and which one of them (-1: the current one).</summary>
    public class Device
    {
        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index;
        }

        /// <summary>Reads a description such as <c>cpu</c> or <c>cuda:0</c>.</summary>
        /// <exception cref="ArgumentException">It is not of that form.</exception>
        public Device(string description)
        {
            var parts = description.Split(':');
            var index = -1;
            if (parts.Length > 2
                || !Enum.TryParse<DeviceType>(parts[0], ignoreCase: true, out var type)
                || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out index)))
            {
                throw new ArgumentException($"'{description}' is not a device; devices are written cpu, cuda or cuda:0.");
            }

            this.type = type;
            this.index = index;
        }

        public DeviceType type { get; }

        public int index { get; }

        public static implicit operator Device(string description) => new(description);

        public override string ToString() =>
            index < 0 ? type.ToString().ToLowerInvariant() : $"{type.ToString().ToLowerInvariant()}:{index}";
    }

    /// <summary>NVIDIA GPUs. The answers are libtorch's own: a libtorch built for the CPU has none.</summary>
    public static partial class cuda
    {
        public static bool is_available() => device_count() > 0;

        public static int device_count()
        {
            Native.Check(Native.lt_cuda_device_count(out var count));
            return count;
        }
    }

    public static bool cuda_is_available() => cuda.is_available();
}
