// Several facts count the process's native tensors or set libtorch's default generator: they run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
