namespace DigitService.Recognition.Inference;

/// <summary>
/// The pictures that wait, and the passes that read them. A picture that comes while nothing waits and the thread pool
/// has nothing else to do is read at once by the thread that brings it: a lone request changes no thread. Otherwise it
/// waits for a pass of the thread pool, which begins after all that the pool had to do already. Under load that is the
/// requests that are just being received: they come along, so that a crowd shares a pass without any timer.
/// </summary>
/// <param name="capacity">How many pictures may wait.</param>
/// <param name="passes">How many passes may be under way at once.</param>
/// <param name="read">Answers pictures in one pass. It does not throw.</param>
internal sealed class PictureQueue(int capacity, int passes, Action<WaitingPicture[]> read) : IThreadPoolWorkItem, IDisposable
{
    private readonly object _gate = new();
    private readonly Queue<WaitingPicture> _waiting = new();
    private int _underWay;
    private bool _isScheduled;
    private bool _isClosed;

    internal int Length
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds pictures that are to be read one after another, all or none.</summary>
    /// <returns>Whether there was room for them.</returns>
    /// <exception cref="ObjectDisposedException">No more are read.</exception>
    internal bool TryAdd(WaitingPicture[] pictures)
    {
        var poolIsIdle = pictures.Length == 1 && ThreadPool.PendingWorkItemCount == 0;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, typeof(DigitClassifier));
            if (poolIsIdle && _underWay == 0 && !_isScheduled && _waiting.Count == 0)
            {
                _underWay = 1;
            }
            else if (_waiting.Count + pictures.Length > capacity)
            {
                return false;
            }
            else
            {
                Array.ForEach(pictures, _waiting.Enqueue);
                Schedule();
                return true;
            }
        }

        read(pictures);
        EndPass();
        return true;
    }

    /// <summary>One pass of what is waiting, on a thread of the pool.</summary>
    void IThreadPoolWorkItem.Execute() => TryPass(isScheduled: true);

    /// <summary>Answers what is waiting, and takes no more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        for (var isDone = false; !isDone;)
        {
            while (TryPass(isScheduled: false))
            {
            }

            lock (_gate)
            {
                isDone = _waiting.Count == 0 && _underWay == 0;
                if (!isDone)
                {
                    Monitor.Wait(_gate);
                }
            }
        }
    }

    private bool TryPass(bool isScheduled)
    {
        WaitingPicture[] pictures;
        lock (_gate)
        {
            // Were the flag cleared any earlier, another pass could be asked for before this one counts.
            _isScheduled &= !isScheduled;
            if (_waiting.Count == 0 || _underWay == passes)
            {
                return false;
            }

            pictures = new WaitingPicture[Math.Min(_waiting.Count, DigitClassifier.LargestPass)];
            for (var i = 0; i < pictures.Length; i++)
            {
                pictures[i] = _waiting.Dequeue();
            }

            _underWay++;
            Schedule();
        }

        read(pictures);
        EndPass();
        return true;
    }

    private void EndPass()
    {
        lock (_gate)
        {
            _underWay--;
            Schedule();
            Monitor.PulseAll(_gate);
        }
    }

    // Another pass is asked for as soon as one has begun, and not before: what comes in between shares it.
    private void Schedule()
    {
        if (_waiting.Count > 0 && !_isScheduled && _underWay < passes)
        {
            _isScheduled = true;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
