using DigitService.Recognition.Tests.Processes;

// What a fact starts as a process of its own.
switch (args)
{
    case ["work", var folder]:
        RegistryWorker.WorkForever(folder);
        break;
    case ["register", var folder, var name, var count]:
        RegistryWorker.Register(folder, name, int.Parse(count, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["hold-registry", var folder]:
        RegistryWorker.HoldRegistry(folder);
        break;
    case ["hold-run", var folder, var id]:
        RegistryWorker.HoldRun(folder, id);
        break;
    case ["feedback", var folder, var seed]:
        FeedbackWorker.WorkForever(folder, int.Parse(seed, System.Globalization.CultureInfo.InvariantCulture));
        break;
    case ["full-disk", var folder]:
        UnwritableFolderFacts.FillDisk(folder);
        break;
    case ["full-disk-feedback", var folder]:
        FullDiskFeedbackFacts.Fill(folder);
        break;
    case ["read-only", var folder]:
        UnwritableFolderFacts.ReadWithoutWriting(folder);
        break;
    default:
        await Console.Error.WriteLineAsync("Run these with dotnet test.");
        return 1;
}

return 0;
