using System.ComponentModel;
using DigitService.Recognition.Runs;
using DigitService.Recognition.Training;

namespace DigitService.Recognition.Tests.Runs;

public class FailureReasonFacts
{
    private const string NoMemory = "There is not enough memory for batches of 128 images in 2 replicas of cnn. Try smaller batches.";

    public static TheoryData<Exception, string> Failures => new()
    {
        { new InsufficientMemoryException(), NoMemory },
        { new Win32Exception(0, "[enforce fail at alloc_cpu.cpp:66] . DefaultCPUAllocator: can't allocate memory: you tried to allocate 25600 bytes."), NoMemory },
        { new Win32Exception(0, "std::bad_alloc"), NoMemory },
        { new Win32Exception(0, "CUDA out of memory. Tried to allocate 20.00 MiB"), NoMemory },
        { new Win32Exception(0, "mat1 and mat2 cannot be multiplied\nException raised from meta at LinearAlgebra.cpp:184"), "libtorch says: mat1 and mat2 cannot be multiplied" },
        { new IOException("No space left on device : '/x/curve.csv'", 28), "The disk is full." },
        { new IOException("Could not register the model in /x; nothing was changed.", new IOException("", 28)), "The disk is full." },
        { new IOException("/x/run.json cannot be used."), "/x/run.json cannot be used." },
        { new TrainingDivergedException("The loss is no longer a finite number."), "The loss is no longer a finite number." },
        { new InvalidTimeZoneException(""), "InvalidTimeZoneException" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void AFailureIsToldAsPeopleUnderstandIt(Exception error, string reason) =>
        Assert.Equal(reason, FailureReason.Of(error, new TrainingOptions()));
}
