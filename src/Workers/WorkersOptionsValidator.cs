using Microsoft.Extensions.Options;

namespace InferenceBroker.Workers;

[OptionsValidator]
internal sealed partial class WorkersOptionsValidator : IValidateOptions<WorkersOptions>;
