using BenchmarkDotNet.Running;
using InferenceBroker.Micro;

BenchmarkSwitcher.FromAssembly(typeof(DispatchDecision).Assembly).Run(args);
