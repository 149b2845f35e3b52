using System.Text.Json.Serialization;

namespace DigitService.Recognition.Data;

/// <summary>
/// How far training images are changed at random, so that every epoch sees every digit written a little differently.
/// A range of r means anything from -r to r, equally likely; with every range and the strength at 0 nothing is changed.
/// </summary>
public sealed record Augmentation
{
    private static readonly Dictionary<string, Augmentation> _presets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["none"] = new(),
        ["slight"] = new() { Rotation = 8, Translation = 1, Scale = 0.08, Shear = 5 },
        ["affine"] = new() { Rotation = 10, Translation = 2, Scale = 0.1, Shear = 8 },
        ["elastic"] = new() { Rotation = 10, Translation = 2, Scale = 0.1, Shear = 8, ElasticStrength = 1.1 },
        ["world"] = new() { Rotation = 12, Translation = 2, Scale = 0.15, Shear = 12, ElasticStrength = 1.2, Degradation = 0.7, Gentle = 0.5 },
    };

    /// <summary>The range of the rotation about the image's centre in degrees, 0 to 180.</summary>
    public double Rotation { get; init; }

    /// <summary>The range of the shift in pixels, across and down each on its own, 0 to 28.</summary>
    public double Translation { get; init; }

    /// <summary>
    /// The range of the enlargement as a fraction, the width and the height each on its own, 0 to 0.9: with 0.1 a side
    /// becomes 0.9 to 1.1 times as long.
    /// </summary>
    public double Scale { get; init; }

    /// <summary>The range of the angle in degrees by which upright strokes are slanted, 0 to 60.</summary>
    public double Shear { get; init; }

    /// <summary>
    /// The standard deviation of every pixel's elastic displacement in pixels, across and down each on its own, 0 to 10.
    /// Above a quarter of <see cref="ElasticSmoothness"/> strokes begin to smear.
    /// </summary>
    public double ElasticStrength { get; init; }

    /// <summary>
    /// The standard deviation in pixels of the bell that smooths the displacements, 1 to 28: those of two pixels d apart
    /// have a correlation of about exp(-d²/(4·smoothness²)).
    /// </summary>
    public double ElasticSmoothness { get; init; } = 5;

    /// <summary>
    /// How much of the pictures is changed as pens, paper and cameras change them (thicker, thinner, soft, pale or grainy
    /// strokes, gaps, specks), 0 to 1: with 1 most pictures are.
    /// </summary>
    public double Degradation { get; init; }

    /// <summary>
    /// The share of the dataset's images that is changed by half of every range and not degraded, 0 to 1, so that they
    /// are learned as they are too. What is drawn by program is never spared.
    /// </summary>
    public double Gentle { get; init; }

    /// <summary>
    /// The share of a run's epochs before images are changed gently, 0 (in all epochs) to 1 (in none): what is seen often
    /// and hardly changed is learned by heart, so that it had better come last.
    /// </summary>
    public double GentleAfter { get; init; }

    /// <summary>Nothing is changed.</summary>
    public static Augmentation None => _presets["none"];

    /// <summary>As <see cref="Affine"/> and less of it: for networks too small to learn everything.</summary>
    public static Augmentation Slight => _presets["slight"];

    /// <summary>Rotation, translation, scaling and shear, as hands differ.</summary>
    public static Augmentation Affine => _presets["affine"];

    /// <summary>As <see cref="Affine"/>, with elastic displacements: the trembling of one hand.</summary>
    public static Augmentation Elastic => _presets["elastic"];

    /// <summary>As <see cref="Elastic"/> and more of it, with <see cref="Degradation"/>: hands, pens and paper that MNIST has not seen.</summary>
    public static Augmentation World => _presets["world"];

    /// <summary>The names of the presets.</summary>
    public static IReadOnlyCollection<string> Names => _presets.Keys;

    /// <summary>Whether images stay as they are.</summary>
    [JsonIgnore]
    public bool IsNone =>
        Rotation == 0 && Translation == 0 && Scale == 0 && Shear == 0 && ElasticStrength == 0 && Degradation == 0;

    /// <summary>The preset of that name.</summary>
    /// <exception cref="InvalidInputException">There is none; the message has those that there are.</exception>
    public static Augmentation Named(string name) => _presets.TryGetValue(name, out var preset)
        ? preset
        : throw new InvalidInputException($"There is no augmentation '{name}'. There is: {string.Join(", ", Names)}.");

    /// <exception cref="InvalidInputException">A value is out of its range; the message says which, and what is accepted.</exception>
    public void Validate()
    {
        Require(Rotation, nameof(Rotation), 0, 180);
        Require(Translation, nameof(Translation), 0, 28);
        Require(Scale, nameof(Scale), 0, 0.9);
        Require(Shear, nameof(Shear), 0, 60);
        Require(ElasticStrength, nameof(ElasticStrength), 0, 10);
        Require(ElasticSmoothness, nameof(ElasticSmoothness), 1, 28);
        Require(Degradation, nameof(Degradation), 0, 1);
        Require(Gentle, nameof(Gentle), 0, 1);
        Require(GentleAfter, nameof(GentleAfter), 0, 1);
    }

    private static void Require(double value, string name, double least, double most)
    {
        if (!(value >= least && value <= most))
        {
            throw new InvalidInputException(
                FormattableString.Invariant($"{name} is {value}; accepted: {least} to {most}."));
        }
    }
}
