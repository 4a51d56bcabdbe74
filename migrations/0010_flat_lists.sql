CREATE TABLE `auction_order_part` (
	`kind` text NOT NULL,
	`slot` integer NOT NULL,
	`part` integer NOT NULL,
	`entries` text NOT NULL,
	PRIMARY KEY(`kind`, `slot`, `part`)
);
--> statement-breakpoint
CREATE INDEX `auction_seller_newest` ON `auction` (`seller`,`published_at`,`id`);--> statement-breakpoint
CREATE INDEX `auction_category_newest` ON `auction` (`category`,`published_at`,`id`);--> statement-breakpoint
CREATE INDEX `auction_event_newest` ON `auction` (`published_at`,`id`) WHERE event is not null;--> statement-breakpoint
CREATE INDEX `auction_open_ending` ON `auction` (`planned_end_at`,`id`) WHERE state in ('scheduled', 'running');--> statement-breakpoint
CREATE INDEX `auction_open_popular` ON `auction` (present desc,likes_count desc,bid_count desc,`id`) WHERE state in ('scheduled', 'running');