-- Words of published auctions, for keyword search. Derived: an FTS5 table keeps `wrangler d1 export` from working, so it may be
-- dropped before an export and made again with this file and
--   insert into auction_search select id, title, content from auction where state <> 'draft'
CREATE VIRTUAL TABLE `auction_search` USING fts5(`auction` UNINDEXED, `title`, `content`, tokenize = 'unicode61', prefix = '1 2 3');
