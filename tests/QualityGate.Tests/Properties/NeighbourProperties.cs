using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Neighbours;
using QualityGate.Tests.Numerics;
using QualityGate.Tests.Numerics.Neighbours;

namespace QualityGate.Tests.Properties;

public sealed class NeighbourProperties
{
    private static readonly BallRule Strict = new(3, Inclusive: false), Inclusive = new(3, Inclusive: true), Clipped = new(5, Inclusive: true, BallReach.AtMostMedian);
    private static readonly RealismRule Realism = new(3, RealismPruning.AtMostMedian, IsSquared: false, 1e-12);

    [Fact]
    public void Every_answer_is_that_of_the_plain_loops() => SetPair.Check(pair =>
    {
        NeighbourResults answer = Answer(pair.Reference, pair.Candidate, new PlainProducts(), 2);
        PlainNeighbours plain = new(pair.Reference, pair.Candidate);
        return answer.SquaredReferenceRadii(3).SequenceEqual(plain.ReferenceRadii(3))
            && answer.InReferenceBalls(Strict).BallsAroundCandidate.SequenceEqual(plain.Around(Strict))
            && answer.InReferenceBalls(Clipped).CandidatesInBall.SequenceEqual(plain.InBall(Clipped))
            && answer.InReferenceBalls(Inclusive).SmallestSquaredRadius!.SequenceEqual(plain.Smallest(Inclusive))
            && answer.HeldByCandidates(Inclusive).SequenceEqual(plain.Held(Inclusive))
            && answer.OwnBallsAround(Clipped).SequenceEqual(plain.Own(Clipped))
            && answer.Realism.SequenceEqual(plain.Realism(Realism))
            && answer.NearestReference.Row.SequenceEqual(plain.NearestReference().Select(n => n.Row));
    });

    [Fact]
    public void Workers_and_engines_change_no_bit()
    {
        using MatrixEngine engine = new(threads: 2);
        SetPair.Check(pair =>
        {
            NeighbourResults first = Answer(pair.Reference, pair.Candidate, new PlainProducts(), 1);
            return new[] { 2, 3, 16 }.All(workers => Same(first, Answer(pair.Reference, pair.Candidate, engine, workers)));
        });
    }

    [Fact]
    public void Rows_in_another_order_have_the_same_answers_in_that_order() => SetPair.Check(pair =>
    {
        NeighbourResults first = Answer(pair.Reference, pair.Candidate, new PlainProducts(), 2);
        NeighbourResults other = Answer(SetPair.Shuffled(pair.Reference, 1), SetPair.Shuffled(pair.Candidate, 2), new PlainProducts(), 2);
        return first.SquaredReferenceRadii(3).Order().SequenceEqual(other.SquaredReferenceRadii(3).Order())
            && first.InReferenceBalls(Strict).BallsAroundCandidate.Order().SequenceEqual(other.InReferenceBalls(Strict).BallsAroundCandidate.Order())
            && first.Realism.Order().SequenceEqual(other.Realism.Order())
            && first.NearestReference.SquaredDistance.Order().SequenceEqual(other.NearestReference.SquaredDistance.Order());
    });

    // A larger k makes larger balls; a sphere adds to a ball; a clipped ball is no larger.
    [Fact]
    public void Balls_grow_with_k_and_with_their_spheres() => SetPair.Check(pair =>
    {
        NeighbourResults answer = Answer(pair.Reference, pair.Candidate, new PlainProducts(), 2);
        return answer.SquaredReferenceRadii(5).Zip(answer.SquaredReferenceRadii(3)).All(r => r.First >= r.Second)
            && answer.InReferenceBalls(Inclusive).CandidatesInBall.Zip(answer.InReferenceBalls(Strict).CandidatesInBall).All(n => n.First >= n.Second)
            && answer.InReferenceBalls(Inclusive).BallsAroundCandidate.Sum() == answer.InReferenceBalls(Inclusive).CandidatesInBall.Sum();
    });

    private static bool Same(NeighbourResults a, NeighbourResults b) =>
        a.SquaredReferenceRadii(3).SequenceEqual(b.SquaredReferenceRadii(3))
        && a.SquaredCandidateRadii(3).SequenceEqual(b.SquaredCandidateRadii(3))
        && a.InReferenceBalls(Strict).BallsAroundCandidate.SequenceEqual(b.InReferenceBalls(Strict).BallsAroundCandidate)
        && a.InReferenceBalls(Clipped).CandidatesInBall.SequenceEqual(b.InReferenceBalls(Clipped).CandidatesInBall)
        && a.InReferenceBalls(Inclusive).SmallestSquaredRadius!.SequenceEqual(b.InReferenceBalls(Inclusive).SmallestSquaredRadius!)
        && a.HeldByCandidates(Inclusive).SequenceEqual(b.HeldByCandidates(Inclusive))
        && a.OwnBallsAround(Clipped).SequenceEqual(b.OwnBallsAround(Clipped))
        && a.Realism.SequenceEqual(b.Realism)
        && a.NearestReference.Row.SequenceEqual(b.NearestReference.Row)
        && a.NearestCandidate.Row.SequenceEqual(b.NearestCandidate.Row);

    private static NeighbourResults Answer(FeatureMatrix reference, FeatureMatrix candidate, IMatrixProducts products, int workers)
    {
        NeighbourDemand demand = new();
        demand.AskReferenceRadii(5);
        demand.AskReferenceBalls(Strict);
        demand.AskSmallestBalls(Inclusive);
        demand.AskReferenceBalls(Clipped);
        demand.AskOwnBalls(Clipped);
        demand.AskCandidateBalls(Inclusive);
        demand.AskRealism(Realism);
        demand.AskNearestReference();
        demand.AskNearestCandidate();
        return NeighbourSpace.Answer(reference, candidate, demand, products, workers);
    }
}
