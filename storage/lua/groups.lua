-- Reads a stream and its groups, as they are at one moment.
-- KEYS[1] stream   ARGV: P
-- Returns {now ms, entries, id of the first ("" for none), number of the last that was ever appended, groups…}; a group is
-- {name, consumers, idle ms, position, its number, pending, id of the oldest pending ("" for none), its number, lost}.
local P, stream = ARGV[1], KEYS[1]
local now = now_ms()

-- The least idle of its consumers tells; of a group that has none, since when nobody moved it.
local function idle_of(group, row)
  local idle
  for _, consumer in ipairs(redis.call('XINFO', 'CONSUMERS', stream, group.name)) do
    idle = math.min(idle or math.huge, fields_of(consumer).idle)
  end
  if idle then return idle end
  return row and row.position == group['last-delivered-id'] and math.max(0, now - row.since) or 0
end

local last = tonumber(redis.call('HGET', P .. 'sequences', stream) or 0)
local told = {now, redis.call('XLEN', stream), first_of(stream) or '', last}
for _, group in ipairs(groups_of(stream)) do
  local row, position = row_of(P, stream, group.name), group['last-delivered-id']
  local oldest = group.pending > 0 and redis.call('XPENDING', stream, group.name)[2] or ''
  told[#told + 1] = {
    group.name, group.consumers, idle_of(group, row), position, number_at(P, stream, position),
    group.pending, oldest, oldest ~= '' and number_at(P, stream, oldest) or 0, row and row.lost or 0
  }
end
return told
