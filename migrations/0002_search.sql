CREATE TABLE `found_order` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`entries` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `found_order_at` ON `found_order` (`at`);--> statement-breakpoint
CREATE TABLE `hidden_author` (
	`account` text NOT NULL,
	`author` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`account`, `author`)
);
--> statement-breakpoint
CREATE TABLE `impersonal` (
	`account` text PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE `interest` (
	`account` text NOT NULL,
	`target` text NOT NULL,
	`kind` text NOT NULL,
	`at` integer NOT NULL,
	`seen_at` integer,
	PRIMARY KEY(`account`, `target`)
);
--> statement-breakpoint
CREATE INDEX `interest_latest` ON `interest` (`account`,`at`);--> statement-breakpoint
CREATE INDEX `interest_at` ON `interest` (`at`);--> statement-breakpoint
CREATE TABLE `less_mark` (
	`account` text NOT NULL,
	`target` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`account`, `target`)
);
--> statement-breakpoint
CREATE TABLE `near_order` (
	`account` text NOT NULL,
	`id` text NOT NULL,
	`at` integer NOT NULL,
	`entries` text NOT NULL,
	PRIMARY KEY(`account`, `id`)
);
--> statement-breakpoint
CREATE INDEX `near_order_at` ON `near_order` (`at`);--> statement-breakpoint
CREATE TABLE `view_mark` (
	`mark` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `view_mark_at` ON `view_mark` (`at`);--> statement-breakpoint
CREATE INDEX `profile_name` ON `profile` (lower("name"));--> statement-breakpoint
-- Who had switched personalisation off before it was told to search.
INSERT INTO `impersonal` SELECT `id` FROM `account` WHERE `personalised` = 0;--> statement-breakpoint
-- Profiles are told of when they are opened from now on; those that are there already are told of once.
INSERT INTO `outbox` (`stream`, `type`, `version`, `at`, `payload`)
SELECT 'profiles', 'profile-changed', 1, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),
	json_object('account', `account`, 'handle', `handle`, 'name', `name`, 'bio', `bio`, 'picture', `picture`,
		'isPublic', json(iif(`is_public`, 'true', 'false')))
FROM `profile`;
