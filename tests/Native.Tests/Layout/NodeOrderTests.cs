using EtsPersist.Mmf.Native.Layout;

namespace EtsPersist.Mmf.Native.Tests;

public sealed class NodeOrderTests
{
    [Fact]
    public void An_empty_order_fills_the_lanes_in_their_order()
    {
        var order = NodeOrder.Empty;
        for (var lane = 0; lane < TreeNode.Lanes; lane++)
        {
            Assert.Equal((lane, lane), (order.Count, order.FreeLane));
            order = order.Insert(order.Count);
        }
        Assert.True(order.IsFull);
        Assert.Equal(Enumerable.Range(0, TreeNode.Lanes), Lanes(order));
    }

    [Fact]
    public void Inserts_and_removals_keep_a_permutation_that_a_list_agrees_with()
    {
        var random = new Random(1);
        var order = NodeOrder.Empty;
        var model = new List<int>();
        for (var i = 0; i < 20_000; i++)
        {
            if (model.Count < TreeNode.Lanes && random.Next(2) == 0)
            {
                var position = random.Next(model.Count + 1);
                model.Insert(position, order.FreeLane);
                order = order.Insert(position);
            }
            else if (model.Count > 0)
            {
                var position = random.Next(model.Count);
                var removed = order[position];
                model.RemoveAt(position);
                order = order.Remove(position);
                Assert.Equal(removed, order.FreeLane);
            }
            Assert.Equal(model, Lanes(order));
            Assert.Equal(Enumerable.Range(0, TreeNode.Lanes), Enumerable.Range(0, TreeNode.Lanes).Select(position => order[position]).Order());
        }
    }

    [Fact]
    public void What_is_cut_off_is_free()
    {
        var order = NodeOrder.Empty.Insert(0).Insert(0).Insert(0).Truncate(1);
        Assert.Equal([2], Lanes(order));
        Assert.Equal(1, order.FreeLane);
        Assert.Equal([2, 1], Lanes(order.Insert(1)));
    }

    private static IEnumerable<int> Lanes(NodeOrder order) => Enumerable.Range(0, order.Count).Select(position => order[position]);
}
