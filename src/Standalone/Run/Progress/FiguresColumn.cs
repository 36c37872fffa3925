using Spectre.Console;
using Spectre.Console.Rendering;

namespace InferenceBroker.Standalone.Run.Progress;

/// <summary>The figures beside the bar.</summary>
internal sealed class FiguresColumn(Func<string> text) : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(text());
}
