// Each class starts real processes; on two cores they would only disturb each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
