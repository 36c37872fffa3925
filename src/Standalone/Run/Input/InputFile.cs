namespace InferenceBroker.Standalone.Run.Input;

internal static class InputFile
{
    public static FileStream Open(string path) =>
        new(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite,
            bufferSize: 0,
            FileOptions.SequentialScan | FileOptions.Asynchronous
        );
}
