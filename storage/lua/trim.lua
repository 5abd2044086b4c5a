-- Takes entries off a stream, and writes down whom that cost what: in one step, so that nobody reads on in between.
-- KEYS[1] stream   ARGV: P, id before which entries go, most entries that stay, about how many go in one step
-- Returns {how many went, {group, unread, unacknowledged}…} of the groups that lost some.
local P, stream = ARGV[1], KEYS[1]
local now, groups, known = now_ms(), groups_of(stream), {}

for at, group in ipairs(groups) do
  local row, position = row_of(P, stream, group.name), group['last-delivered-id']
  if not row or row.position ~= position then
    row = {since = now, position = position, number = number_at(P, stream, position), lost = row and row.lost or 0}
  end
  known[at] = row
end

-- Whole nodes, as many as may go in one step; what is left of the last one when there are no more.
local function cut(how, bound)
  local gone = redis.call('XTRIM', stream, how, '~', bound, 'LIMIT', ARGV[4])
  return gone > 0 and gone or redis.call('XTRIM', stream, how, bound)
end
local gone = cut('MINID', ARGV[2]) + cut('MAXLEN', ARGV[3])

-- Redis 6.2 keeps what was trimmed among a group's pending entries, and hands it out as nothing (redis#7021).
local function acknowledge_trimmed(group, first)
  local count, ids = 0, nil
  repeat
    ids = {}
    for at, one in ipairs(redis.call('XPENDING', stream, group, '-', first and '(' .. first or '+', 1000)) do
      ids[at] = one[1]
    end
    if ids[1] then count = count + redis.call('XACK', stream, group, unpack(ids)) end
  until #ids < 1000
  return count
end

local first, told, rows = first_of(stream), {gone}, {}
for at, group in ipairs(groups) do
  local row = known[at]
  local number = math.max(row.number, number_at(P, stream, row.position))
  local unread, unacknowledged = number - row.number, acknowledge_trimmed(group.name, first)
  local lost = row.lost + unread + unacknowledged
  if lost > row.lost then told[#told + 1] = {group.name, unread, unacknowledged} end
  local field = stream .. ' ' .. group.name
  redis.call('HSET', P .. 'groups', field, string.format('%.0f %s %.0f %.0f', row.since, row.position, number, lost))
  rows[field] = true
end
for _, field in ipairs(redis.call('HKEYS', P .. 'groups')) do
  if string.sub(field, 1, #stream + 1) == stream .. ' ' and not rows[field] then
    redis.call('HDEL', P .. 'groups', field)
  end
end
return told
