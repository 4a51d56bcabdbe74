ALTER TABLE `profile` ADD `follows_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `profile` ADD `followers_count` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `profile` ADD `manner` integer DEFAULT 400 NOT NULL;--> statement-breakpoint
ALTER TABLE `profile` ADD `grades` text DEFAULT '{"best":0,"good":0,"poor":0,"bad":0}' NOT NULL;--> statement-breakpoint
ALTER TABLE `profile` ADD `deals` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `profile` ADD `no_shows` integer DEFAULT 0 NOT NULL;