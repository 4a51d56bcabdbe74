CREATE TABLE `acceptance` (
	`follower` text NOT NULL,
	`followee` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`follower`, `followee`)
);
--> statement-breakpoint
CREATE TABLE `block` (
	`blocker` text NOT NULL,
	`blocked` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`blocker`, `blocked`)
);
--> statement-breakpoint
CREATE INDEX `block_blocker_at` ON `block` (`blocker`,`at`,`blocked`);--> statement-breakpoint
CREATE INDEX `block_blocked` ON `block` (`blocked`,`blocker`);--> statement-breakpoint
CREATE TABLE `follow` (
	`follower` text NOT NULL,
	`followee` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`follower`, `followee`)
);
--> statement-breakpoint
CREATE INDEX `follow_follower_at` ON `follow` (`follower`,`at`,`followee`);--> statement-breakpoint
CREATE INDEX `follow_followee_at` ON `follow` (`followee`,`at`,`follower`);--> statement-breakpoint
CREATE TABLE `follow_request` (
	`asker` text NOT NULL,
	`asked` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`asker`, `asked`)
);
--> statement-breakpoint
CREATE INDEX `follow_request_asked_at` ON `follow_request` (`asked`,`at`,`asker`);--> statement-breakpoint
CREATE TABLE `mute` (
	`account` text NOT NULL,
	`muted` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`account`, `muted`)
);
--> statement-breakpoint
CREATE INDEX `mute_account_at` ON `mute` (`account`,`at`,`muted`);--> statement-breakpoint
CREATE TABLE `pair_due` (
	`low` text NOT NULL,
	`high` text NOT NULL,
	`version` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` integer NOT NULL,
	PRIMARY KEY(`low`, `high`)
);
--> statement-breakpoint
CREATE INDEX `pair_due_next_at` ON `pair_due` (`next_at`);