using static TorchSharp.torch;

namespace LibTorch.Tests;

public class DisposeScopeFacts
{
    [Fact]
    public void AScopeDisposesWhatWasMadeInIt()
    {
        Tensor inner;
        using (NewDisposeScope())
        {
            inner = ones(2);
        }

        Assert.True(inner.IsInvalid);
    }

    [Fact]
    public void AScopeLeavesAloneWhatWasMadeBeforeIt()
    {
        using var before = ones(2);
        using (NewDisposeScope())
        {
            _ = before.add(1);
        }

        Assert.Equal([1f, 1f], before.data<float>().ToArray());
    }

    [Fact]
    public void AMovedTensorLivesUntilTheOuterScopeEnds()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            using (NewDisposeScope())
            {
                moved = ones(2).MoveToOuterDisposeScope();
            }

            Assert.False(moved.IsInvalid);
        }

        Assert.True(moved.IsInvalid);
    }

    [Fact]
    public void ATensorMovedOutOfTheOutermostScopeIsFree()
    {
        Tensor moved;
        using (NewDisposeScope())
        {
            moved = ones(2).MoveToOuterDisposeScope();
        }

        Assert.False(moved.IsInvalid);
        moved.Dispose();
    }

    [Fact]
    public void ADetachedTensorOutlivesAllScopes()
    {
        Tensor detached;
        using (NewDisposeScope())
        using (NewDisposeScope())
        {
            detached = ones(2).DetachFromDisposeScope();
        }

        Assert.False(detached.IsInvalid);
        detached.Dispose();
    }

    [Fact]
    public void ATensorDisposedByHandIsForgottenByItsScope()
    {
        using var scope = NewDisposeScope();
        var tensor = ones(2);
        Assert.Equal(1, scope.DisposablesCount);
        tensor.Dispose();
        Assert.Equal(0, scope.DisposablesCount);
        Assert.False(scope.Contains(tensor));
    }

    [Fact]
    public void AnAttachedTensorChangesItsScope()
    {
        using var outer = NewDisposeScope();
        var tensor = ones(2);
        using (var inner = NewDisposeScope())
        {
            inner.Attach(tensor);
            Assert.Equal(0, outer.DisposablesCount);
        }

        Assert.True(tensor.IsInvalid);
    }

    [Fact]
    public void ScopesMayBeClosedOutOfOrder()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        var tensor = ones(2);
        outer.Dispose();
        Assert.False(tensor.IsInvalid);
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.True(tensor.IsInvalid);
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void AClosedScopeCannotBeUsed()
    {
        var scope = NewDisposeScope();
        scope.Dispose();
        scope.Dispose();
        using var tensor = ones(2);
        Assert.Throws<ObjectDisposedException>(() => scope.Attach(tensor));
    }

    [Fact]
    public void AScopeDoesNotTakeTensorsOfAnotherThread()
    {
        Tensor? foreign = null;
        using (var scope = NewDisposeScope())
        {
            var thread = new Thread(() => foreign = ones(2));
            thread.Start();
            thread.Join();
            Assert.Equal(0, scope.DisposablesCount);
        }

        Assert.False(foreign!.IsInvalid);
        foreign.Dispose();
    }

    [Fact]
    public void AParameterTakesThePlaceOfItsTensorInTheScope()
    {
        using var scope = NewDisposeScope();
        var data = ones(2);
        var parameter = new TorchSharp.Modules.Parameter(data);
        Assert.True(data.IsInvalid);
        Assert.True(scope.Contains(parameter));
        Assert.Equal(1, scope.DisposablesCount);
    }

    [Fact]
    public void ModulesKeepTheirParametersWhenTheScopeEnds()
    {
        TorchSharp.Modules.Linear layer;
        using (NewDisposeScope())
        {
            layer = nn.Linear(3, 2);
        }

        using var output = layer.forward(ones(1, 3));
        Assert.Equal([1L, 2L], output.shape);
        layer.Dispose();
    }
}
