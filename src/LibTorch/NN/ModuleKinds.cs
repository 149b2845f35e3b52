namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>What can be called with one input.</summary>
            public interface IModule<T, TResult>
            {
                TResult call(T input1);
            }

            /// <summary>What can be called with two inputs.</summary>
            public interface IModule<T1, T2, TResult>
            {
                TResult call(T1 input1, T2 input2);
            }

            /// <summary>A module that TorchSharp lets hooks be attached to.</summary>
            public class HookableModule<TPreHook, TPostHook> : Module
            {
                protected HookableModule(string name) : base(name)
                {
                }
            }

            /// <summary>A module with one input.</summary>
            public abstract class Module<T, TResult>
                : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>,
                    IModule<T, TResult>
            {
                protected Module(string name) : base(name)
                {
                }

                public abstract TResult forward(T input);

                public virtual TResult call(T input) => forward(input);
            }

            /// <summary>A module with two inputs, such as a loss.</summary>
            public abstract class Module<T1, T2, TResult>
                : HookableModule<
                        Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>,
                        Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>,
                    IModule<T1, T2, TResult>
            {
                protected Module(string name) : base(name)
                {
                }

                public abstract TResult forward(T1 input1, T2 input2);

                public virtual TResult call(T1 input1, T2 input2) => forward(input1, input2);
            }
        }
    }

    namespace Modules
    {
        /// <summary>A module without parameters or buffers.</summary>
        public abstract class ParameterLessModule<T1, TResult> : torch.nn.Module<T1, TResult>
        {
            protected ParameterLessModule(string name) : base(name)
            {
            }
        }
    }

    /// <summary>Moves modules to devices and element types.</summary>
    public static class ModuleExtensionMethods
    {
        public static T to<T>(this T module, torch.Device device, bool non_blocking = false) where T : torch.nn.Module
        {
            module.MoveTo(device, null);
            return module;
        }

        public static T to<T>(this T module, torch.ScalarType type, bool non_blocking = false) where T : torch.nn.Module
        {
            module.MoveTo(null, type);
            return module;
        }
    }
}
