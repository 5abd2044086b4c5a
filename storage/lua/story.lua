-- Stories as they are read, written, merged and parted.
--   P story:ID     string  2 windows after its last printing   "changes coverage seen into", the ids of its printings, and
--                          its packed state, with newlines between; `into` is the story it was merged into, or empty. One
--                          string takes a third of what a hash would
--   P article:ID   string  2 windows, with its story where it is a face, and as long as its mark   packed article
--   P coverage:ID  hash    2 windows after its last story   story → its origin (newswire/story.py); empty for an echo
local function read_story(P, id)
  local line = redis.call('GET', P .. 'story:' .. id)
  if not line then return nil end
  local changes, coverage, seen, into, printed, state = string.match(line, '^(%d+) (%S+) (%d+) (%S*)\n([^\n]*)\n(.*)$')
  return {
    changes = changes, coverage = coverage, seen = tonumber(seen), into = into, printed = printed, state = state
  }
end

local function write_story(P, id, story, keep)
  local head = table.concat({story.changes, story.coverage, string.format('%d', story.seen), story.into or ''}, ' ')
  redis.call('SET', P .. 'story:' .. id, head .. '\n' .. story.printed .. '\n' .. story.state, 'EX', keep)
end

local function enter_coverage(P, coverage, id, origin, keep)
  redis.call('HSET', P .. 'coverage:' .. coverage, id, origin)
  redis.call('EXPIRE', P .. 'coverage:' .. coverage, keep)
end

-- The story that this one is by now: itself, unless it was merged.
local function living(P, id)
  local story = read_story(P, id)
  while story and story.into ~= '' do
    id = story.into
    story = read_story(P, id)
  end
  return id, story
end

-- The coverage that this one is by now: that of its first story, where that was merged.
local function covering(P, coverage)
  local centre = 's' .. string.sub(coverage, 2)
  local id, story = living(P, centre)
  if id == centre or not story or story.coverage == coverage then return coverage end
  return covering(P, story.coverage)
end

-- Merges a story into another: its id, its printings and, where it was their centre, its coverage's stories go there.
-- Returns its printings.
local function absorb(P, id, coverage, other, keep)
  local story = read_story(P, other)
  if not story then return '' end -- it has left the window since the look-up
  local theirs = P .. 'coverage:' .. covering(P, story.coverage)
  redis.call('HDEL', theirs, other)
  if story.coverage == 'c' .. string.sub(other, 2) and story.coverage ~= coverage then
    for _, field in ipairs(redis.call('HKEYS', theirs)) do
      redis.call('HSET', P .. 'coverage:' .. coverage, field, redis.call('HGET', theirs, field))
    end
    redis.call('DEL', theirs)
  end
  story.into = id
  write_story(P, other, story, keep)
  return story.printed
end

-- The texts that later printings are held against live as long as their story.
local function keep_faces(P, faces, keep)
  for face in string.gmatch(faces, '%S+') do
    if redis.call('TTL', P .. 'article:' .. face) < keep then redis.call('EXPIRE', P .. 'article:' .. face, keep) end
  end
end

-- Whether the stories are as they were when somebody looked: "id:changes …".
local function is_as_seen(P, view)
  for id, changes in string.gmatch(view, '(%S+):(%d+)') do
    local story = read_story(P, id)
    if not story or story.changes ~= changes or story.into ~= '' then return false end
  end
  return true
end
