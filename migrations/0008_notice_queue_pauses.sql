ALTER TABLE `notice_queue` ADD `attempts` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `notice_queue` ADD `next_at` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `notice_queue_next_at` ON `notice_queue` (`next_at`,`place`);--> statement-breakpoint
CREATE INDEX `auction_bidder_audience` ON `auction_bidder` (`auction`,`account`);--> statement-breakpoint
CREATE INDEX `auction_like_audience` ON `auction_like` (`auction`,`account`);