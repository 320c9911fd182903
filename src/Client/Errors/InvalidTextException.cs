namespace EtsPersist.Mmf;

/// <summary>A string holds half of a surrogate pair and so has no UTF-8 form.</summary>
public sealed class InvalidTextException : EtsException
{
    /// <summary>Creates the error with its message.</summary>
    public InvalidTextException(string message) : base(message) { }

    /// <summary>Creates the error with its message and cause.</summary>
    public InvalidTextException(string message, Exception? innerException) : base(message, innerException) { }

    /// <summary>Creates the error with a general message.</summary>
    public InvalidTextException() { }

    /// <summary>Makes the error that names the first lone surrogate of <paramref name="text"/>.</summary>
    internal static InvalidTextException For(ReadOnlySpan<char> text)
    {
        for (var index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index])) continue;
            if (char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]))
            {
                index++;
                continue;
            }

            return new InvalidTextException(
                $"The string has the lone surrogate U+{(int)text[index]:X4} at index {index} and so has no UTF-8 form. "
                + "Remove or replace it, or store the characters as bytes.");
        }

        return new InvalidTextException("The string has no UTF-8 form.");
    }
}
