using InferenceBroker.Standalone.Run.Input;

namespace InferenceBroker.Standalone.Run.Output;

internal static class ErrorsFile
{
    /// <summary>
    /// Replaces the errors file by the faults that the scan reports; returns their number. Failures of earlier starts go, since their lines are
    /// tried again. Without faults there is no file.
    /// </summary>
    public static async Task<int> ReplaceAsync(string path, Func<Action<LineFault>, Task<int>> scan)
    {
        var temporary = path + ".new";
        int faults;
        using (var file = JsonLineFile.Create(temporary))
        {
            faults = await scan(f => file.Write(json => ResultLine.WriteInvalid(json, f.Line, f.CustomId, f.Code, f.Message)));
        }

        if (faults > 0)
        {
            File.Move(temporary, path, overwrite: true);
        }
        else
        {
            File.Delete(temporary);
            File.Delete(path);
        }

        return faults;
    }
}
