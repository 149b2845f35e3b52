namespace TorchSharp;

public static partial class torch
{
    /// <summary>Seeds the default generator, from which weights are initialised and dropout is drawn.</summary>
    public static Generator manual_seed(long seed) => random.manual_seed(seed);

    public static partial class random
    {
        /// <inheritdoc cref="torch.manual_seed"/>
        public static Generator manual_seed(long seed)
        {
            Native.Check(Native.lt_manual_seed(seed));
            return Generator.Default;
        }

        public static Tensor get_rng_state()
        {
            using var generator = Generator.Default;
            return generator.get_state();
        }

        public static void set_rng_state(Tensor new_state)
        {
            using var generator = Generator.Default;
            generator.set_state(new_state);
        }
    }

    /// <summary>A source of random numbers on the CPU (Mersenne twister). It is not for several threads at once.</summary>
    public class Generator : IDisposable
    {
        internal readonly GeneratorHandle handle;

        public Generator(ulong seed = 0, Device? device = null)
        {
            if (device is not null && device.type != DeviceType.CPU)
            {
                throw new ArgumentException($"Random numbers are drawn on the CPU, not on {device}.");
            }

            Native.Check(Native.lt_generator_new(seed, out handle));
        }

        private Generator(GeneratorHandle handle) => this.handle = handle;

        /// <summary>The generator that operators use when none is given.</summary>
        public static Generator Default
        {
            get
            {
                Native.Check(Native.lt_generator_default(out var handle));
                return new Generator(handle);
            }
        }

        public Device device { get; } = CPU;

        public Generator manual_seed(long seed)
        {
            Native.Check(Native.lt_generator_manual_seed(handle, seed));
            return this;
        }

        public long initial_seed()
        {
            Native.Check(Native.lt_generator_initial_seed(handle, out var seed));
            return seed;
        }

        /// <summary>The whole state as bytes: with <see cref="set_state"/> the same numbers follow again.</summary>
        public Tensor get_state() =>
            Tensor.Result(Native.lt_generator_get_state(handle, out var state), state);

        public void set_state(Tensor value) => Native.Check(Native.lt_generator_set_state(handle, value.handle));

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing) => handle.Dispose();
    }
}
