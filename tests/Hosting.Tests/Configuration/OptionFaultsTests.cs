using InferenceBroker.Hosting.Configuration;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace InferenceBroker.Hosting.Tests.Configuration;

public sealed class OptionFaultsTests
{
    [Theory]
    [InlineData("Count: The field SampleOptions.Count must be between 0 and 9.", "sample.count: must be between 0 and 9.")]
    [InlineData("sample.cuont: 'Cuont' is not known here (count)", "sample.cuont: 'Cuont' is not known here (count)")]
    [InlineData("Least and most do not fit: 9 > 1", "sample: Least and most do not fit: 9 > 1")]
    public void Of_Failure_HasThePathOfTheKey(string failure, string expected) =>
        OptionFaults
            .Of(new OptionsValidationException("", typeof(SampleOptions), [failure]))
            .ShouldHaveSingleItem()
            .ToString()
            .ShouldBe(expected);

    private sealed class SampleOptions;
}
