using System.Reflection;
using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>
        /// A part of a network: parameters, buffers and other modules under names, which are the names in a state
        /// dictionary. Inference may run on many threads at once; everything that changes a module may not.
        /// </summary>
        public class Module : IDisposable
        {
            private readonly string _name;
            private readonly Registry<Module> _modules = new();
            private readonly Registry<Parameter> _parametersByName = new();
            private readonly Registry<(Tensor Tensor, bool Persistent)> _buffersByName = new();
            private bool _componentsRegistered;
            private bool _training = true;

            protected Module(string name) => _name = name;

            /// <summary>Whether dropout and batch normalisation behave as in training.</summary>
            public virtual bool training => _training;

            public virtual string GetName() => _name;

            public virtual void train(bool train = true)
            {
                _training = train;
                foreach (var (_, module) in named_children())
                {
                    module.train(train);
                }
            }

            public virtual void eval() => train(false);

            /// <summary>Forgets the gradients of all parameters, or sets them to zero.</summary>
            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }

                    using var gradient = parameter.grad;
                    gradient?.zero_();
                }
            }

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var (_, module) in named_children())
                {
                    module.apply(fn);
                }

                fn(this);
                return this;
            }

            public virtual IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true)
            {
                var own = _parametersByName.Entries.Select(entry => (entry.Name, entry.Item));
                return Distinct(recurse ? own.Concat(OfChildren(child => child.named_parameters())) : own);
            }

            public virtual IEnumerable<Parameter> parameters(bool recurse = true) =>
                named_parameters(recurse).Select(entry => entry.parameter);

            /// <summary>The persistent buffers. (As in TorchSharp, the second parameter changes nothing.)</summary>
            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(
                bool recurse = true, bool include_nonpersistent = true)
            {
                var own = _buffersByName.Entries
                    .Where(entry => entry.Item.Persistent)
                    .Select(entry => (entry.Name, entry.Item.Tensor));
                return Distinct(recurse ? own.Concat(OfChildren(child => child.named_buffers())) : own);
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(entry => entry.buffer);

            public virtual IEnumerable<(string name, Module module)> named_children() =>
                _modules.Entries.Select(entry => (entry.Name, entry.Item));

            public virtual IEnumerable<Module> children() => named_children().Select(entry => entry.module);

            /// <summary>All modules below this one.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules() =>
                named_children().Concat(OfChildren(child => child.named_modules()));

            public virtual IEnumerable<Module> modules() => named_modules().Select(entry => entry.module);

            /// <summary>The parameters and buffers themselves, not copies, by their full names.</summary>
            public virtual Dictionary<string, Tensor> state_dict(
                Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var state = named_parameters().Select(entry => (entry.name, tensor: (Tensor)entry.parameter))
                    .Concat(named_buffers());
                foreach (var (name, tensor) in state)
                {
                    destination.TryAdd(string.IsNullOrEmpty(prefix) ? name : $"{prefix}.{name}", tensor);
                }

                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same names.</summary>
            /// <exception cref="InvalidOperationException">Names are missing or unexpected, and the check is strict.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var destination = state_dict();
                var missing = destination.Keys.Except(source.Keys).Except(skip ?? []).ToList();
                var unexpected = source.Keys.Except(destination.Keys).Except(skip ?? []).ToList();
                if (strict && (missing.Count > 0 || unexpected.Count > 0))
                {
                    throw new InvalidOperationException(
                        "The state dictionary does not fit the module: "
                        + $"missing [{string.Join(", ", missing)}], unexpected [{string.Join(", ", unexpected)}].");
                }

                using var noGrad = no_grad();
                foreach (var name in source.Keys.Intersect(destination.Keys).Except(skip ?? []))
                {
                    destination[name].copy_(source[name]);
                }

                return (missing, unexpected);
            }

            public virtual void register_parameter(string name, Parameter param) =>
                _parametersByName.Add(name, param ?? throw new ArgumentNullException(nameof(param)));

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true) =>
                _buffersByName.Add(name, (tensor ?? throw new ArgumentNullException(nameof(tensor)), persistent));

            public virtual void register_module(string name, Module submodule)
            {
                ArgumentNullException.ThrowIfNull(submodule);
                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                {
                    throw new ArgumentException($"A module's name is not empty and has no dot in it: '{name}'");
                }

                submodule.RegisterComponents();
                _modules.Add(name, submodule);
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing)
                {
                    return;
                }

                foreach (var (_, parameter) in _parametersByName.Entries)
                {
                    parameter.DetachFromDisposeScope().Dispose();
                }

                foreach (var (_, buffer) in _buffersByName.Entries)
                {
                    buffer.Tensor.DetachFromDisposeScope().Dispose();
                }

                foreach (var module in children())
                {
                    module.Dispose();
                }
            }

            /// <summary>Registers every field that is a module, parameter or tensor under the field's name.</summary>
            protected virtual void RegisterComponents()
            {
                if (_componentsRegistered)
                {
                    return;
                }

                _componentsRegistered = true;
                foreach (var field in Fields(GetType()))
                {
                    switch (field.GetValue(this))
                    {
                        case Module module when !_modules.Contains(field.Name):
                            register_module(field.Name, module);
                            break;
                        case Modules.Parameter parameter when !_parametersByName.Contains(field.Name):
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor tensor when tensor is not Modules.Parameter && !_buffersByName.Contains(field.Name):
                            register_buffer(field.Name, tensor);
                            break;
                    }
                }
            }

            internal void MoveTo(Device? device, ScalarType? dtype)
            {
                using var noGrad = no_grad();
                foreach (var module in modules().Prepend(this))
                {
                    module.MoveOwn(device, dtype);
                }
            }

            private void MoveOwn(Device? device, ScalarType? dtype)
            {
                var tensors = _parametersByName.Entries.Select(entry => (Tensor)entry.Item)
                    .Concat(_buffersByName.Entries.Select(entry => entry.Item.Tensor));
                foreach (var tensor in tensors)
                {
                    var isReal = tensor.dtype is ScalarType.Float16 or ScalarType.Float32 or ScalarType.Float64;
                    using var moved = tensor.to(isReal ? dtype ?? tensor.dtype : tensor.dtype, device ?? tensor.device);
                    Native.Check(Native.lt_tensor_set_data(tensor.handle, moved.handle));
                }
            }

            /// <summary>
            /// Registers what is not a field: layers keep their parameters behind properties. What the name meant before
            /// is disposed.
            /// </summary>
            private protected void Own(string name, Parameter? parameter)
            {
                if (_parametersByName.Remove(name) is { } before && !ReferenceEquals(before, parameter))
                {
                    before.Dispose();
                }

                if (parameter is not null)
                {
                    parameter.DetachFromDisposeScope();
                    register_parameter(name, parameter);
                }
            }

            /// <inheritdoc cref="Own(string, Parameter?)"/>
            private protected void Own(string name, Tensor? buffer)
            {
                var before = _buffersByName.Remove(name).Tensor;
                if (!ReferenceEquals(before, buffer))
                {
                    before?.Dispose();
                }

                if (buffer is not null)
                {
                    buffer.DetachFromDisposeScope();
                    register_buffer(name, buffer);
                }
            }

            private IEnumerable<(string Name, T Item)> OfChildren<T>(Func<Module, IEnumerable<(string, T)>> members) =>
                from child in named_children()
                from member in members(child.module)
                select ($"{child.name}.{member.Item1}", member.Item2);

            // A tensor that two modules share is listed once, as PyTorch does.
            private static IEnumerable<(string Name, T Item)> Distinct<T>(IEnumerable<(string Name, T Item)> members)
                where T : Tensor
            {
                var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance);
                foreach (var member in members)
                {
                    if (seen.Add(member.Item))
                    {
                        yield return member;
                    }
                }
            }

            private static IEnumerable<FieldInfo> Fields(Type type)
            {
                for (var declared = type; declared != typeof(Module) && declared is not null; declared = declared.BaseType)
                {
                    const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
                        | BindingFlags.DeclaredOnly;
                    foreach (var field in declared.GetFields(Own).Where(field => !field.Name.StartsWith('<')))
                    {
                        yield return field;
                    }
                }
            }

            /// <summary>Named members in the order of their registration.</summary>
            private sealed class Registry<T>
            {
                private readonly List<(string Name, T Item)> _entries = [];

                internal IReadOnlyList<(string Name, T Item)> Entries => _entries;

                internal bool Contains(string name) => _entries.Exists(entry => entry.Name == name);

                /// <summary>Gives back what the name meant, or the default where it meant nothing.</summary>
                internal T? Remove(string name)
                {
                    var index = _entries.FindIndex(entry => entry.Name == name);
                    if (index < 0)
                    {
                        return default;
                    }

                    var item = _entries[index].Item;
                    _entries.RemoveAt(index);
                    return item;
                }

                internal void Add(string name, T item)
                {
                    if (Contains(name))
                    {
                        throw new InvalidOperationException($"{name} is already registered.");
                    }

                    _entries.Add((name, item));
                }
            }
        }
    }
}
