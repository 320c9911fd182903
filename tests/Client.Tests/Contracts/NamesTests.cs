namespace EtsPersist.Mmf.Client.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("accounts")]
    [InlineData("Word.Count_2-b")]
    [InlineData("console")]
    [InlineData("com10")]
    [InlineData("-")]
    public void A_valid_name_is_returned(string name) => Assert.Same(name, Names.RequireValid("table", name));

    [Theory]
    [InlineData(null, "is empty")]
    [InlineData("", "is empty")]
    [InlineData(".hidden", "begins with a dot")]
    [InlineData("..", "begins with a dot")]
    [InlineData("a/b", "the character '/' at index 1")]
    [InlineData("a\\b", "the character '\\' at index 1")]
    [InlineData("ab\0", "the character U+0000 at index 2")]
    [InlineData("tablé", "the character 'é' at index 4")]
    [InlineData("a b", "the character ' ' at index 1")]
    [InlineData("nul", "the name of a device")]
    [InlineData("Com1.table", "the name of a device")]
    public void An_invalid_name_is_refused_with_the_place_and_the_rule(string? name, string why)
    {
        var error = Assert.Throws<InvalidNameException>(() => Names.RequireValid("table", name));
        Assert.Contains("table name", error.Message, StringComparison.Ordinal);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains("1 to 100 characters", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_has_at_most_100_characters()
    {
        Assert.Equal(100, Names.RequireValid("role", new string('a', 100)).Length);
        Assert.Throws<InvalidNameException>(() => Names.RequireValid("role", new string('a', 101)));
    }
}
