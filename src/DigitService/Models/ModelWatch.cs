namespace DigitService.Models;

/// <summary>Lets the first model answer before the service listens, and then keeps up with other programs that change models.</summary>
internal sealed class ModelWatch(ModelSwitch models) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await models.StartAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await models.FollowAsync(stoppingToken);
        }
    }
}
