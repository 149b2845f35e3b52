namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A module that calls others before and after its own work: those that were registered, in that order.
        /// Hooks run in <c>call</c>; <c>forward</c> passes them by.
        /// </summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private protected readonly Hooks<TPreHook> _preHooks = new();
            private protected readonly Hooks<TPostHook> _postHooks = new();
            private protected readonly Hooks<Action<Module>> _modulePreHooks = new();
            private protected readonly Hooks<Action<Module>> _modulePostHooks = new();

            protected HookableModule(string name) : base(name)
            {
            }

            /// <summary>Calls the hook with the inputs and the result; a result that it gives back takes its place.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => new(_postHooks.Add(hook));

            /// <summary>Calls the hook with the module, after the hooks that see the result.</summary>
            public HookRemover register_forward_hook(Action<Module> hook) => new(_modulePostHooks.Add(hook));

            /// <summary>Calls the hook with the inputs; inputs that it gives back take their place.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => new(_preHooks.Add(hook));

            /// <summary>Calls the hook with the module, before the hooks that see the inputs.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => new(_modulePreHooks.Add(hook));

            /// <summary>Takes one hook away again.</summary>
            public class HookRemover
            {
                private readonly Action _remove;

                internal HookRemover(Action remove) => _remove = remove;

                /// <summary>From the next call on, the hook is not called. A second time, nothing happens.</summary>
                public void remove() => _remove();
            }
        }

        /// <summary>Hooks in the order of their registration.</summary>
        internal sealed class Hooks<T>
        {
            // Replaced at every change and never altered: a hook may remove itself while it is being called.
            private Entry[] _entries = [];

            internal ReadOnlySpan<Entry> Entries => _entries;

            /// <summary>Gives back what removes the hook again.</summary>
            internal Action Add(T hook)
            {
                var entry = new Entry(hook);
                _entries = [.. _entries, entry];
                return () => _entries = Array.FindAll(_entries, other => other != entry);
            }

            /// <summary>One registration; a hook that is registered twice has two.</summary>
            internal sealed class Entry(T hook)
            {
                internal T Hook { get; } = hook;
            }
        }
    }
}
