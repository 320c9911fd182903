#!/usr/bin/env escript
%% -*- erlang -*-
%% Records random programs on a table of ETS, with what ETS answers, in the form that README.md describes.
%% Needs Erlang/OTP 27, whose json module reads and writes the lines.
-mode(compile).

usage() ->
    io:format(standard_error, "~s~n", [
        "record.escript DIR SEED...     records in DIR a program of every kind and type of keys with each seed (an integer)\n"
        "record.escript --check FILE... carries recorded programs out again and compares the answers"]),
    halt(2).

main(["--check" | Files = [_ | _]]) ->
    Checked = [check(File) || File <- Files],
    Operations = lists:sum([Count || {Count, _} <- Checked]),
    Differences = lists:sum([Count || {_, Count} <- Checked]),
    io:format("~b operations, ~b differences~n", [Operations, Differences]),
    halt(min(Differences, 1));
main([Directory | Seeds = [_ | _]]) ->
    [record(Directory, Type, Keys, seed(Seed)) || Seed <- Seeds, Type <- types(), Keys <- key_types()];
main(_) ->
    usage().

seed(Text) ->
    try list_to_integer(Text) catch error:badarg -> usage() end.

types() -> [set, ordered_set, bag, duplicate_bag].

key_types() -> [int, str, wide_int, wide_str].

%% The recording: the same on every machine for the same type, keys and seed.

record(Directory, Type, Keys, Seed) ->
    rand:seed(exsss, {Seed, erlang:phash2(Type), erlang:phash2(Keys)}),
    Table = ets:new(recorded, [Type]),
    Weights = weights(Type, is_wide(Keys)),
    Drawn = [step(Table, fun() -> operation(weighted(Weights), Table, Keys) end) || _ <- lists:seq(2, operations(Keys))],
    Last = step(Table, fun() -> #{op => to_list} end),
    ets:delete(Table),
    Release = list_to_binary(erlang:system_info(otp_release)),
    Header = #{op => new, type => Type, keys => Keys, otp => Release, seed => Seed},
    Name = filename:join(Directory, io_lib:format("~s-~s-~b.jsonl.gz", [Type, Keys, Seed])),
    ok = filelib:ensure_dir(Name),
    ok = file:write_file(Name, zlib:gzip([line(Operation) || Operation <- [Header | Drawn ++ [Last]]])).

step(Table, Draw) ->
    Operation = Draw(),
    Operation#{result => result(Table, Operation)}.

operations(Keys) ->
    case is_wide(Keys) of
        false -> 2900;
        true -> 11300
    end.

is_wide(Keys) -> lists:member(Keys, [wide_int, wide_str]).

%% A wide table has to grow: it is seldom read as a whole, and never emptied.

weights(Type, Wide) ->
    {Insert, Whole, SelectDelete, DeleteAll} =
        case Wide of
            false -> {240, 40, 10, 1};
            true -> {400, 1, 2, 0}
        end,
    [{insert, Insert}, {lookup, 120}, {select_delete, SelectDelete}, {delete_all_objects, DeleteAll}] ++
    [{Name, 40} || Name <- [insert_list, insert_new, insert_new_list, take, member, delete, delete_object,
        update_counter, update_counter_threshold, update_counter_default, update_element, lookup_element, lookup_element_default,
        select_count, select_replace_add_one]] ++
    [{Name, Whole} || Name <- [select, match_object_text, to_list, size]] ++
    [{Name, Weight} || Type =:= ordered_set,
        {Name, Weight} <- [{range, Whole}, {pages, Whole}, {first, 10}, {last, 10}, {next, 10}, {prev, 10}]].

weighted(Weights) ->
    weighted(rand:uniform(lists:sum([Weight || {_, Weight} <- Weights])), Weights).

weighted(Left, [{Name, Weight} | _]) when Left =< Weight -> Name;
weighted(Left, [{_, Weight} | Others]) -> weighted(Left - Weight, Others).

%% What is drawn: an operation with its arguments.

operation(Name, _, Keys) when Name =:= insert; Name =:= insert_new ->
    #{op => Name, row => row(Keys)};
operation(Name, _, Keys) when Name =:= insert_list; Name =:= insert_new_list ->
    #{op => Name, rows => [row(Keys) || _ <- lists:seq(1, between(0, 5))]};
operation(Name, _, Keys) when Name =:= lookup; Name =:= take; Name =:= member; Name =:= delete; Name =:= next; Name =:= prev ->
    #{op => Name, key => key(Keys)};
operation(delete_object, Table, Keys) ->
    #{op => delete_object, row => existing_row(Table, Keys)};
operation(update_counter, _, Keys) ->
    #{op => update_counter, key => key(Keys), incr => count()};
operation(update_counter_threshold, _, Keys) ->
    #{op => update_counter, key => key(Keys), incr => count(), threshold => count(), set => count()};
operation(update_counter_default, _, Keys) ->
    #{op => update_counter, key => key(Keys), incr => count(), default => row(Keys)};
operation(update_element, _, Keys) ->
    #{op => update_element, key => key(Keys), position => 3, value => text()};
operation(lookup_element, _, Keys) ->
    #{op => lookup_element, key => key(Keys), position => between(2, 3)};
operation(lookup_element_default, _, Keys) ->
    #{op => lookup_element, key => key(Keys), position => 3, default => ~"none"};
operation(select_delete, _, _) ->
    #{op => select_delete, count_greater_than => between(5, 7)};
operation(select_replace_add_one, _, Keys) ->
    #{op => select_replace_add_one, count_greater_than => count() + wide(Keys, 3, 0)};
operation(Name, _, _) when Name =:= select; Name =:= select_count ->
    #{op => Name, count_greater_than => count()};
operation(match_object_text, Table, Keys) ->
    #{op => match_object_text, text => lists:last(existing_row(Table, Keys))};
operation(range, _, Keys) ->
    #{op => range, from => key(Keys), to => key(Keys)};
operation(pages, _, Keys) ->
    #{op => pages, limit => between(1, 5) * wide(Keys, 100, 1)};
operation(Name, _, _) ->
    #{op => Name}.

row(Keys) -> [key(Keys), count(), text()].

%% Half of the time a row that is there, if its key has one.
existing_row(Table, Keys) ->
    [Key | _] = Drawn = row(Keys),
    case between(0, 1) =:= 1 andalso ets:lookup(Table, Key) of
        [_ | _] = Rows -> tuple_to_list(one_of(Rows));
        _ -> Drawn
    end.

key(int) -> between(-19, 40);
key(wide_int) -> between(-999, 3000);
key(str) -> list_to_binary([between($b, $f) || _ <- lists:seq(1, between(1, 3))]);
key(wide_str) -> <<"k", (integer_to_binary(between(1, 3000)))/binary>>.

count() -> between(-2, 6).

text() ->
    case between(1, 10) of
        1 -> binary:copy(~"x", between(1, 300));
        _ -> one_of([~"b", ~"c", ~"d"])
    end.

wide(Keys, IfWide, IfNarrow) ->
    case is_wide(Keys) of
        true -> IfWide;
        false -> IfNarrow
    end.

between(Least, Most) -> Least - 1 + rand:uniform(Most - Least + 1).

one_of(List) -> lists:nth(rand:uniform(length(List)), List).

%% What ETS answers, as it stands in a recording.

result(Table, Operation) ->
    try recorded(answer(Table, Operation)) catch error:badarg -> #{error => badarg} end.

recorded('$end_of_table') -> null;
recorded(Row) when is_tuple(Row) -> tuple_to_list(Row);
recorded(List) when is_list(List) -> [recorded(Element) || Element <- List];
recorded(Value) -> Value.

answer(T, #{op := insert, row := Row}) -> ets:insert(T, list_to_tuple(Row));
answer(T, #{op := insert_list, rows := Rows}) -> ets:insert(T, [list_to_tuple(Row) || Row <- Rows]);
answer(T, #{op := insert_new, row := Row}) -> ets:insert_new(T, list_to_tuple(Row));
answer(T, #{op := insert_new_list, rows := Rows}) -> ets:insert_new(T, [list_to_tuple(Row) || Row <- Rows]);
answer(T, #{op := lookup, key := Key}) -> ets:lookup(T, Key);
answer(T, #{op := take, key := Key}) -> ets:take(T, Key);
answer(T, #{op := member, key := Key}) -> ets:member(T, Key);
answer(T, #{op := delete, key := Key}) -> ets:delete(T, Key);
answer(T, #{op := delete_object, row := Row}) -> ets:delete_object(T, list_to_tuple(Row));
answer(T, #{op := delete_all_objects}) -> ets:delete_all_objects(T);
answer(T, #{op := update_counter, key := Key, incr := Increment, threshold := Threshold, set := SetValue}) ->
    ets:update_counter(T, Key, {2, Increment, Threshold, SetValue});
answer(T, #{op := update_counter, key := Key, incr := Increment, default := Row}) ->
    ets:update_counter(T, Key, {2, Increment}, list_to_tuple(Row));
answer(T, #{op := update_counter, key := Key, incr := Increment}) -> ets:update_counter(T, Key, {2, Increment});
answer(T, #{op := update_element, key := Key, position := Position, value := Value}) -> ets:update_element(T, Key, {Position, Value});
answer(T, #{op := lookup_element, key := Key, position := Position, default := Default}) -> ets:lookup_element(T, Key, Position, Default);
answer(T, #{op := lookup_element, key := Key, position := Position}) -> ets:lookup_element(T, Key, Position);
answer(T, #{op := first}) -> ets:first(T);
answer(T, #{op := last}) -> ets:last(T);
answer(T, #{op := next, key := Key}) -> ets:next(T, Key);
answer(T, #{op := prev, key := Key}) -> ets:prev(T, Key);
answer(T, #{op := select, count_greater_than := Count}) -> by_key(T, ets:select(T, greater(Count, '$_')));
answer(T, #{op := select_count, count_greater_than := Count}) -> ets:select_count(T, greater(Count, true));
answer(T, #{op := select_delete, count_greater_than := Count}) -> ets:select_delete(T, greater(Count, true));
answer(T, #{op := select_replace_add_one, count_greater_than := Count}) ->
    ets:select_replace(T, greater(Count, {{'$1', {'+', '$2', 1}, '$3'}}));
answer(T, #{op := match_object_text, text := Text}) -> by_key(T, ets:match_object(T, {'_', '_', Text}));
answer(T, #{op := range, from := From, to := To}) ->
    ets:select(T, [{{'$1', '_', '_'}, [{'>=', '$1', From}, {'<', '$1', To}], ['$_']}]);
answer(T, #{op := pages, limit := Limit}) -> pages(ets:select(T, [{'_', [], ['$_']}], Limit));
answer(T, #{op := to_list}) -> by_key(T, ets:tab2list(T));
answer(T, #{op := size}) -> ets:info(T, size).

greater(Count, Body) -> [{{'$1', '$2', '$3'}, [{'>', '$2', Count}], [Body]}].

pages('$end_of_table') -> [];
pages({Page, Continuation}) -> [Page | pages(ets:select(Continuation))].

%% Stably, so that the rows of one key keep ETS's own order.
by_key(Table, Rows) ->
    case ets:info(Table, type) of
        ordered_set -> Rows;
        _ -> lists:keysort(1, Rows)
    end.

%% The lines of JSON: the names of an operation in the order of this list, whatever order a map has.

names() ->
    [op, type, keys, otp, seed, row, rows, key, from, to, incr, threshold, set, position, value, default, limit, count_greater_than, text,
        result].

line(Operation) ->
    Pairs = [{Name, maps:get(Name, Operation)} || Name <- names(), is_map_key(Name, Operation)],
    [json:encode(Pairs, fun encode/2), $\n].

encode([{_, _} | _] = Pairs, Encode) -> json:encode_key_value_list(Pairs, Encode);
encode(Other, Encode) -> json:encode_value(Other, Encode).

%% The check: a recording is carried out again, on a table of the type that its first line names.

check(File) ->
    {ok, Compressed} = file:read_file(File),
    [First | Lines] = binary:split(zlib:gunzip(Compressed), ~"\n", [global, trim]),
    Table = ets:new(checked, [binary_to_existing_atom(map_get(type, parsed(First)))]),
    Differences = lists:sum([check(File, Table, Number, Line) || {Number, Line} <- lists:enumerate(2, Lines)]),
    ets:delete(Table),
    {length(Lines), Differences}.

check(File, Table, Number, Line) ->
    #{op := Name, result := Expected} = Operation = parsed(Line),
    Got = json:encode(result(Table, Operation#{op := binary_to_existing_atom(Name)})),
    case parsed(iolist_to_binary(Got)) of
        Expected -> 0;
        _ -> io:format("~s, line ~b: ~s~n  got ~s~n", [File, Number, Line, Got]), 1
    end.

parsed(Text) ->
    Push = fun(Name, Value, Pairs) -> [{binary_to_existing_atom(Name), Value} | Pairs] end,
    {Value, ok, <<>>} = json:decode(Text, ok, #{object_push => Push}),
    Value.
