using Microsoft.Extensions.Options;

namespace DigitService.Models;

/// <summary>Says at the start what is wrong with the section <c>Models</c>.</summary>
internal sealed class ModelOptionsCheck : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options) => options switch
    {
        { LargestImport: < 1 or > 1_024 } => ValidateOptionsResult.Fail(
            $"Models:LargestImport is {options.LargestImport}; accepted: 1 to 1024, in megabytes."),
        { Folder: { } folder } when string.IsNullOrWhiteSpace(folder) || File.Exists(folder) => ValidateOptionsResult.Fail(
            $"Models:Folder is '{folder}'; accepted: a folder, which is made if it is missing."),
        _ => ValidateOptionsResult.Success,
    };
}
