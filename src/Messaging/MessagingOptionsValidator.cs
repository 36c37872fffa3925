using Microsoft.Extensions.Options;

namespace InferenceBroker.Messaging;

[OptionsValidator]
internal sealed partial class MessagingOptionsValidator : IValidateOptions<MessagingOptions>;
