using InferenceBroker.Domain.Jobs;
using InferenceBroker.Persistence.Jobs;
using InferenceBroker.Standalone.Run.Output;

namespace InferenceBroker.Standalone.Run;

/// <summary>Writes ended jobs into the output and the errors file, and counts them. Not thread safe.</summary>
internal sealed class ResultWriter(RunPaths paths, RunFigures figures) : IDisposable
{
    private readonly JsonLineFile _output = JsonLineFile.Append(paths.Output);
    private JsonLineFile? _errors;

    public void WriteEnded(int line, JobDetails details)
    {
        if (details is { Job.State: JobState.Completed, Result: { } result })
        {
            _output.Write(json => ResultLine.WriteAnswer(json, details.Job, result));
            figures.AddAnswered(details);
            return;
        }

        _errors ??= JsonLineFile.Append(paths.Errors);
        _errors.Write(json => ResultLine.WriteFailure(json, line, details.Job, details.Result));
        figures.AddFailed(details.Job);
    }

    public void Flush()
    {
        _output.Flush();
        _errors?.Flush();
    }

    public void Dispose()
    {
        _output.Dispose();
        _errors?.Dispose();
    }
}
