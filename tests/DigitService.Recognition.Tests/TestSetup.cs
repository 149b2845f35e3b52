// Training uses every core, and some facts watch the memory of the whole process: they run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
