// Every fact starts a process that trains on all cores: they run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
