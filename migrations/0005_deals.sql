CREATE TABLE `auction_offer` (
	`id` text PRIMARY KEY NOT NULL,
	`auction` text NOT NULL,
	`seller` text NOT NULL,
	`bidder` text NOT NULL,
	`amount` integer NOT NULL,
	`state` text NOT NULL,
	`deal` text,
	`at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `auction_offer_seller` ON `auction_offer` (`seller`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `auction_offer_bidder` ON `auction_offer` (`bidder`,`at`,`id`);--> statement-breakpoint
CREATE TABLE `deal` (
	`id` text PRIMARY KEY NOT NULL,
	`auction` text NOT NULL,
	`seller` text NOT NULL,
	`buyer` text NOT NULL,
	`room` text NOT NULL,
	`title` text NOT NULL,
	`cover` text,
	`price` integer NOT NULL,
	`shipping_fee` integer NOT NULL,
	`state` text NOT NULL,
	`stage` text NOT NULL,
	`fault` text,
	`standing` text NOT NULL,
	`place` integer NOT NULL,
	`opened_at` integer NOT NULL,
	`active_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `deal_seller` ON `deal` (`seller`,`active_at`,`id`);--> statement-breakpoint
CREATE INDEX `deal_buyer` ON `deal` (`buyer`,`active_at`,`id`);--> statement-breakpoint
CREATE INDEX `deal_auction` ON `deal` (`auction`,`opened_at`);--> statement-breakpoint
CREATE TABLE `deal_case` (
	`id` text PRIMARY KEY NOT NULL,
	`deal` text NOT NULL,
	`kind` text NOT NULL,
	`by` text NOT NULL,
	`opened_at` integer NOT NULL,
	`closed_at` integer,
	`fault` text,
	`reason` text,
	`moderator` text
);
--> statement-breakpoint
CREATE INDEX `deal_case_open` ON `deal_case` (`closed_at`,`opened_at`,`id`);--> statement-breakpoint
CREATE INDEX `deal_case_deal` ON `deal_case` (`deal`);