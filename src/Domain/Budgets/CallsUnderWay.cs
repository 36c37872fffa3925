namespace InferenceBroker.Domain.Budgets;

/// <summary>
/// What the calls under way will use of a limit. Reservations are made to be enough nearly always, so that many together use far less; yet
/// those that have been under way for long are the large ones, and use more than the others. So (1) calls are kept in groups by their age;
/// (2) from calls that ended it is learned, for each age, which share of their reservation those used that became so old; (3) expected is
/// the sum of these means and so many standard deviations, or half of that and the largest deviation of one call that was seen; (4) since short calls
/// end first, experience is believed only as far as it is large beside what is under way. Not thread safe.
/// </summary>
internal sealed class CallsUnderWay(double? deviations)
{
    private const int Slots = 512;
    private const int FewestCalls = 100;
    private const int CallsPerCallUnderWay = 8;
    private const int FewestOfAge = 16;

    // What is learned lags behind where the load changes, and more so at first: short calls end before long ones.
    private const double Caution = 0.05;
    private const double FirstCaution = 0.15;
    private const double FirstCalls = 1000;

    // Where many calls begin together the short ones of all end first, then the long ones: a slow mean sees both, a fast one warns of change.
    private const double SlowStep = 1.0 / 4096;
    private const double FastStep = 1.0 / 128;

    // The largest deviation is forgotten by half after 7,000 calls.
    private const double Forgetting = 0.9999;

    // In slots of 250 ms: up to 64 s.
    private static readonly int[] Ages = [0, 2, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256];

    private readonly double[] _sums = new double[Slots];
    private readonly double[] _squares = new double[Slots];
    private readonly Group[] _groups = new Group[Ages.Length];
    private long _slot = Slots;
    private double _largest;
    private double _olderSum;
    private double _olderVariance;
    private bool _isSummed;

    /// <summary>The sum of the reservations.</summary>
    public double Reserved { get; private set; }

    /// <param name="takenIn">The slot of the reservation; null where unknown: such calls do not age.</param>
    public void Add(double reserved, long? takenIn)
    {
        Change(reserved, reserved * reserved, takenIn);
        Reserved += reserved;
    }

    public void Remove(double reserved, long? takenIn)
    {
        // A limit that is new may see the end of calls whose begin it did not see.
        Reserved = Math.Max(0, Reserved - reserved);
        Change(-reserved, -reserved * reserved, takenIn);
        if (Reserved <= 0)
        {
            Clear();
        }
    }

    /// <summary>A call ended that had been under way for so many slots.</summary>
    public void Learn(double reserved, double used, long age)
    {
        // A call that was turned away says nothing.
        if (reserved <= 0 || used <= 0)
        {
            return;
        }

        _isSummed = false;
        for (var g = 0; g < Ages.Length && Ages[g] <= age; g++)
        {
            _groups[g].Learn(used / reserved);
        }

        _largest = Math.Max(used - (reserved * _groups[0].Mean), _largest * Forgetting);
    }

    /// <summary>What they will hardly exceed, with another one of the given size.</summary>
    public double Expected(double another)
    {
        if (Reserved + another <= 0)
        {
            return 0;
        }

        if (deviations is not { } width || _groups[0].Calls < FewestCalls)
        {
            return Reserved + another;
        }

        if (!_isSummed)
        {
            SumUpOlder();
        }

        ref var young = ref _groups[0];
        var (sum, variance) = (_olderSum, _olderVariance);
        young.AddTo(ref sum, ref variance, young.Reserved + another, young.Squares + (another * another), young.HighMean, young.Variance);

        // Of few calls one large one decides, of many their sum.
        var spread = width * Math.Sqrt(variance);
        var caution = Caution + (FirstCaution * FirstCalls / (FirstCalls + young.Calls));
        return (sum * (1 + caution)) + Math.Max(spread, _largest + (spread / 2));
    }

    // Asked for every candidate of every decision; it changes when a call ends or grows older.
    private void SumUpOlder()
    {
        (_olderSum, _olderVariance) = (0, 0);
        var (mean, spread) = (_groups[0].HighMean, _groups[0].Variance);
        for (var g = 1; g < _groups.Length; g++)
        {
            // Their ages lie between their group's bound and the next one's.
            ref var group = ref _groups[g];
            ref var older = ref _groups[Math.Min(g + 1, _groups.Length - 1)];
            if (older.Calls >= FewestOfAge)
            {
                (mean, spread) = ((group.HighMean + older.HighMean) / 2, Math.Max(group.Variance, older.Variance));
            }

            group.AddTo(ref _olderSum, ref _olderVariance, group.Reserved, group.Squares, mean, spread);
        }

        _isSummed = true;
    }

    /// <summary>Calls grow older.</summary>
    public void Advance(long slot)
    {
        if (slot - _slot >= Slots)
        {
            AllOld(slot);
        }

        _isSummed = _isSummed && _slot >= slot;
        while (_slot < slot)
        {
            _slot++;
            for (var g = 1; g < Ages.Length; g++)
            {
                var index = Index(_slot - Ages[g]);
                _groups[g - 1].Change(-_sums[index], -_squares[index]);
                _groups[g].Change(_sums[index], _squares[index]);
            }

            _sums[Index(_slot)] = 0;
            _squares[Index(_slot)] = 0;
        }
    }

    private static int Index(long slot) => (int)(slot % Slots);

    private void Change(double reserved, double squares, long? takenIn)
    {
        if (takenIn is not { } taken)
        {
            _groups[0].Change(reserved, squares);
            return;
        }

        var age = Math.Max(0, _slot - taken);
        var g = Ages.Length - 1;
        while (Ages[g] > age)
        {
            g--;
        }

        _isSummed = _isSummed && g == 0;
        _groups[g].Change(reserved, squares);
        if (age < Slots)
        {
            _sums[Index(_slot - age)] += reserved;
            _squares[Index(_slot - age)] += squares;
        }
    }

    private void AllOld(long slot)
    {
        for (var g = 0; g < Ages.Length - 1; g++)
        {
            _groups[^1].Change(_groups[g].Reserved, _groups[g].Squares);
            _groups[g].Change(-_groups[g].Reserved, -_groups[g].Squares);
        }

        Array.Clear(_sums);
        Array.Clear(_squares);
        _slot = slot;
    }

    private void Clear()
    {
        _isSummed = false;
        for (var g = 0; g < _groups.Length; g++)
        {
            _groups[g].Change(-_groups[g].Reserved, -_groups[g].Squares);
        }

        Array.Clear(_sums);
        Array.Clear(_squares);
    }

    /// <summary>Calls of an age: those under way, and what is known of those that ended.</summary>
    private struct Group
    {
        public double Reserved;
        public double Squares;
        public int Calls;
        public double Mean;
        public double FastMean;
        public double Variance;

        public readonly double HighMean => Math.Max(Mean, FastMean);

        /// <summary>What calls that reserved so much will use, by what is known of their age.</summary>
        public readonly void AddTo(ref double sum, ref double variance, double reserved, double squares, double mean, double spread)
        {
            if (reserved > 0 && squares > 0)
            {
                var calls = reserved * reserved / squares;
                var trust = Calls / (Calls + (CallsPerCallUnderWay * calls));
                sum += reserved * Math.Max(mean, (trust * mean) + 1 - trust);
                variance += squares * spread;
            }
        }

        public void Change(double reserved, double squares)
        {
            Reserved += reserved;
            Squares += squares;
        }

        public void Learn(double share)
        {
            Calls = Calls < int.MaxValue ? Calls + 1 : Calls;
            var step = Math.Max(1.0 / Calls, SlowStep);
            var difference = share - Mean;
            Mean += difference * step;
            Variance = (1 - step) * (Variance + (difference * difference * step));
            FastMean += (share - FastMean) * Math.Max(1.0 / Calls, FastStep);
        }
    }
}
