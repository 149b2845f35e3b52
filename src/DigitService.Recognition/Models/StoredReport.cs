using System.Text;
using DigitService.Recognition.Evaluation;
using DigitService.Recognition.Persistence;

namespace DigitService.Recognition.Models;

/// <summary>The evaluation report that lies beside a model.</summary>
public static class StoredReport
{
    /// <summary>The report, or null if the model was registered without.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    /// <exception cref="DamagedEntryException">The file is no report.</exception>
    public static EvaluationReport? Read(ModelRegistry registry, string id)
    {
        try
        {
            return registry.ReadEvaluation(id) is { } json ? EvaluationReport.Parse(Encoding.UTF8.GetString(json)) : null;
        }
        catch (InvalidDataException error)
        {
            throw RecognitionJson.Damaged($"{registry.ShownAs}/{id}/evaluation.json", error.Message, error);
        }
    }

    /// <summary>The one figure that the test images do not tell; null if there is no report, or a damaged one.</summary>
    /// <exception cref="ArgumentException">That is not an id.</exception>
    /// <exception cref="EntryNotFoundException">There is no such model.</exception>
    public static double? TrainingAccuracy(ModelRegistry registry, string id)
    {
        try
        {
            return Read(registry, id)?.TrainingAccuracy;
        }
        catch (DamagedEntryException)
        {
            return null;
        }
    }
}
