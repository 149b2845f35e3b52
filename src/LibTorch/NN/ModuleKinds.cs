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

            /// <summary>A module with one input.</summary>
            public abstract class Module<T, TResult>
                : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>,
                    IModule<T, TResult>
            {
                protected Module(string name) : base(name)
                {
                }

                public abstract TResult forward(T input);

                /// <summary><see cref="forward"/>, with the hooks around it.</summary>
                public virtual TResult call(T input)
                {
                    foreach (var entry in _modulePreHooks.Entries)
                    {
                        entry.Hook(this);
                    }

                    foreach (var entry in _preHooks.Entries)
                    {
                        input = entry.Hook(this, input) ?? input;
                    }

                    var result = forward(input);
                    foreach (var entry in _postHooks.Entries)
                    {
                        result = entry.Hook(this, input, result) ?? result;
                    }

                    foreach (var entry in _modulePostHooks.Entries)
                    {
                        entry.Hook(this);
                    }

                    return result;
                }
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

                /// <summary><see cref="forward"/>, with the hooks around it.</summary>
                public virtual TResult call(T1 input1, T2 input2)
                {
                    foreach (var entry in _modulePreHooks.Entries)
                    {
                        entry.Hook(this);
                    }

                    foreach (var entry in _preHooks.Entries)
                    {
                        (input1, input2) = entry.Hook(this, input1, input2) ?? (input1, input2);
                    }

                    var result = forward(input1, input2);
                    foreach (var entry in _postHooks.Entries)
                    {
                        result = entry.Hook(this, input1, input2, result) ?? result;
                    }

                    foreach (var entry in _modulePostHooks.Entries)
                    {
                        entry.Hook(this);
                    }

                    return result;
                }
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
