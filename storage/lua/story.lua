-- Stories as they are written, merged and parted; shared by the steps that do so. After index.lua.
--   P story:ID     hash    2 windows after its last printing  state (packed), changes, coverage, seen (s), printed (the
--                          ids of its printings, a line each); into: the story it was merged into
--   P article:ID   string  2 windows, with its story where it is a face, or as long as its mark   packed article
--   P coverage:ID  hash    2 windows after its last story     story → its origin
local function write_story(P, story, changes, coverage, seen, state, origin, keep)
  local key = P .. 'story:' .. story
  redis.call('HSET', key, 'changes', changes, 'coverage', coverage, 'seen', seen, 'state', state)
  redis.call('EXPIRE', key, keep)
  redis.call('HSET', P .. 'coverage:' .. coverage, story, origin)
  redis.call('EXPIRE', P .. 'coverage:' .. coverage, keep)
end

local function add_printed(P, story, lines)
  local key = P .. 'story:' .. story
  redis.call('HSET', key, 'printed', (redis.call('HGET', key, 'printed') or '') .. lines)
end

-- Merges a story into another: its id, its printings and, where it was their centre, its coverage's stories go there.
local function absorb(P, story, coverage, other, keep)
  local key = P .. 'story:' .. other
  local found = redis.call('HMGET', key, 'coverage', 'printed')
  local theirs = P .. 'coverage:' .. covering(P, found[1])
  redis.call('HDEL', theirs, other)
  if found[1] == 'c' .. string.sub(other, 2) and found[1] ~= coverage then
    for _, field in ipairs(redis.call('HKEYS', theirs)) do
      redis.call('HSET', P .. 'coverage:' .. coverage, field, redis.call('HGET', theirs, field))
    end
    redis.call('DEL', theirs)
  end
  redis.call('HSET', key, 'into', story)
  redis.call('EXPIRE', key, keep)
  add_printed(P, story, found[2] or '')
end

local function keep_faces(P, faces, keep)
  for face in string.gmatch(faces, '%S+') do
    if redis.call('TTL', P .. 'article:' .. face) < keep then redis.call('EXPIRE', P .. 'article:' .. face, keep) end
  end
end

-- Whether the stories are as they were when somebody looked: "id:changes …".
local function is_as_seen(P, view)
  for id, changes in string.gmatch(view, '(%S+):(%d+)') do
    local story = redis.call('HMGET', P .. 'story:' .. id, 'changes', 'into')
    if story[1] ~= changes or story[2] then return false end
  end
  return true
end
