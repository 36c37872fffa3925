using Microsoft.Extensions.Options;

namespace InferenceBroker.Scheduler;

[OptionsValidator]
internal sealed partial class SchedulerOptionsValidator : IValidateOptions<SchedulerOptions>;
