namespace EtsPersist.Mmf.Protocol;

/// <summary>Reads one element of a list.</summary>
internal delegate T ElementReader<out T>(ref FieldReader reader);
