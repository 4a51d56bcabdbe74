CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text,
	`phone` text,
	`phone_attached_at` integer,
	`password` text NOT NULL,
	`role` text DEFAULT 'member' NOT NULL,
	`language` text NOT NULL,
	`messages_from` text DEFAULT 'everyone' NOT NULL,
	`show_in_rooms` integer DEFAULT true NOT NULL,
	`show_bid_name` integer DEFAULT false NOT NULL,
	`personalised` integer DEFAULT true NOT NULL,
	`suspended_until` integer,
	`suspension_decision` text,
	`terms_version` text NOT NULL,
	`terms_accepted_at` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_email_unique` ON `account` (`email`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_phone_unique` ON `account` (`phone`);--> statement-breakpoint
CREATE TABLE `login` (
	`id` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`seed` text NOT NULL,
	`device` text NOT NULL,
	`label` text,
	`place` text,
	`signed_in_at` integer NOT NULL,
	`last_used_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `login_account` ON `login` (`account`,`ended_at`);--> statement-breakpoint
CREATE INDEX `login_last_used_at` ON `login` (`last_used_at`);--> statement-breakpoint
CREATE TABLE `phone_challenge` (
	`id` text PRIMARY KEY NOT NULL,
	`phone` text NOT NULL,
	`purpose` text NOT NULL,
	`code` text,
	`tries` integer DEFAULT 0 NOT NULL,
	`expires_at` integer NOT NULL,
	`closed_at` integer,
	`proof` text,
	`proof_expires_at` integer,
	`proof_used_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `phone_challenge_proof_unique` ON `phone_challenge` (`proof`);--> statement-breakpoint
CREATE INDEX `phone_challenge_phone` ON `phone_challenge` (`phone`,`purpose`);--> statement-breakpoint
CREATE INDEX `phone_challenge_expires_at` ON `phone_challenge` (`expires_at`);--> statement-breakpoint
CREATE TABLE `refresh_generation` (
	`login` text NOT NULL,
	`generation` integer NOT NULL,
	`issued_at` integer NOT NULL,
	PRIMARY KEY(`login`, `generation`)
);
--> statement-breakpoint
CREATE TABLE `registration` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`password` text NOT NULL,
	`name` text NOT NULL,
	`handle` text,
	`language` text NOT NULL,
	`terms_version` text NOT NULL,
	`terms_accepted_at` integer NOT NULL,
	`code` text,
	`key` text,
	`tries` integer DEFAULT 0 NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `registration_key_unique` ON `registration` (`key`);--> statement-breakpoint
CREATE INDEX `registration_expires_at` ON `registration` (`expires_at`);--> statement-breakpoint
CREATE TABLE `reset_link` (
	`token` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `reset_link_account` ON `reset_link` (`account`);--> statement-breakpoint
CREATE INDEX `reset_link_expires_at` ON `reset_link` (`expires_at`);--> statement-breakpoint
CREATE TABLE `auction` (
	`id` text PRIMARY KEY NOT NULL,
	`seller` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`title` text,
	`content` text,
	`images` text DEFAULT '[]' NOT NULL,
	`category` text,
	`condition` text,
	`defects` text,
	`start_price` integer,
	`expected_price` integer,
	`reserve_price` integer,
	`buy_now_price` integer,
	`starts_at` integer,
	`duration_minutes` integer,
	`soft_close` text,
	`handover` text,
	`shipping_fee` integer,
	`region` text,
	`bidder_rules` text,
	`event` text,
	`publishing_at` integer,
	`published_at` integer,
	`terms_hash` text,
	`reserve_commitment` text,
	`planned_end_at` integer,
	`log_seq` integer DEFAULT 0 NOT NULL,
	`state` text DEFAULT 'draft' NOT NULL,
	`shelf` text GENERATED ALWAYS AS (case when state in ('draft', 'scheduled', 'running') then state when state in ('sold', 'unsold') then 'ended' else 'withdrawn' end) VIRTUAL NOT NULL,
	`price` integer DEFAULT 0 NOT NULL,
	`bid_count` integer DEFAULT 0 NOT NULL,
	`leader` text,
	`leader_number` integer,
	`winner` text,
	`winner_number` integer,
	`reserve` text DEFAULT 'none' NOT NULL,
	`open_buy_now` integer,
	`ends_at` integer,
	`hard_end_at` integer,
	`ended_at` integer,
	`deal` text,
	`cancel_reason` text,
	`likes_count` integer DEFAULT 0 NOT NULL,
	`present` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `auction_newest` ON `auction` (`published_at`,`id`);--> statement-breakpoint
CREATE INDEX `auction_shelf_newest` ON `auction` (`shelf`,`published_at`,`id`);--> statement-breakpoint
CREATE INDEX `auction_shelf_category` ON `auction` (`shelf`,`category`,`published_at`,`id`);--> statement-breakpoint
CREATE INDEX `auction_shelf_event` ON `auction` (`shelf`,`event`,`published_at`,`id`);--> statement-breakpoint
CREATE INDEX `auction_shelf_ending` ON `auction` (`shelf`,`planned_end_at`,`id`);--> statement-breakpoint
CREATE INDEX `auction_shelf_ended` ON `auction` (`shelf`,`ended_at`,`id`);--> statement-breakpoint
CREATE INDEX `auction_shelf_bids` ON `auction` (`shelf`,`bid_count`,`id`);--> statement-breakpoint
CREATE INDEX `auction_seller` ON `auction` (`seller`,`shelf`,`published_at`,`id`);--> statement-breakpoint
CREATE INDEX `auction_winner` ON `auction` (`winner`,`ended_at`,`id`);--> statement-breakpoint
CREATE TABLE `auction_bidder` (
	`account` text NOT NULL,
	`auction` text NOT NULL,
	`number` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`account`, `auction`)
);
--> statement-breakpoint
CREATE INDEX `auction_bidder_latest` ON `auction_bidder` (`account`,`at`,`auction`);--> statement-breakpoint
CREATE INDEX `auction_bidder_auction` ON `auction_bidder` (`auction`);--> statement-breakpoint
CREATE TABLE `auction_like` (
	`account` text NOT NULL,
	`auction` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`account`, `auction`)
);
--> statement-breakpoint
CREATE INDEX `auction_like_latest` ON `auction_like` (`account`,`at`,`auction`);--> statement-breakpoint
CREATE INDEX `auction_like_auction` ON `auction_like` (`auction`);--> statement-breakpoint
CREATE TABLE `auction_note` (
	`auction` text NOT NULL,
	`log_seq` integer NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`auction`, `log_seq`)
);
--> statement-breakpoint
CREATE TABLE `auction_order` (
	`kind` text NOT NULL,
	`slot` integer NOT NULL,
	`entries` text NOT NULL,
	PRIMARY KEY(`kind`, `slot`)
);
--> statement-breakpoint
CREATE TABLE `job` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`sealed` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `job_next_at` ON `job` (`next_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`stream` text NOT NULL,
	`type` text NOT NULL,
	`version` integer NOT NULL,
	`at` text NOT NULL,
	`payload` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox_aside` (
	`id` integer PRIMARY KEY NOT NULL,
	`stream` text NOT NULL,
	`seq` integer NOT NULL,
	`event` text NOT NULL,
	`reason` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stored_answer` (
	`key` text PRIMARY KEY NOT NULL,
	`request` text NOT NULL,
	`status` integer,
	`headers` text,
	`body` text,
	`started_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `stored_answer_expires_at` ON `stored_answer` (`expires_at`);--> statement-breakpoint
CREATE TABLE `media` (
	`id` text PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`purpose` text NOT NULL,
	`content_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`alt` text NOT NULL,
	`original` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`width` integer,
	`height` integer,
	`thumbhash` text,
	`sizes` text,
	`has_share` integer DEFAULT false NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_try_at` integer,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`unattached_since` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `media_to_try` ON `media` (`next_try_at`) WHERE state = 'processing';--> statement-breakpoint
CREATE INDEX `media_to_come` ON `media` (`expires_at`) WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX `media_unattached` ON `media` (`unattached_since`);--> statement-breakpoint
CREATE TABLE `media_attachment` (
	`target` text NOT NULL,
	`media` text NOT NULL,
	`is_frozen` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`target`, `media`),
	FOREIGN KEY (`media`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `media_attachment_media` ON `media_attachment` (`media`);--> statement-breakpoint
CREATE TABLE `former_handle` (
	`handle` text PRIMARY KEY NOT NULL,
	`account` text NOT NULL,
	`given_up_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `former_handle_given_up_at` ON `former_handle` (`given_up_at`);--> statement-breakpoint
CREATE TABLE `profile` (
	`account` text PRIMARY KEY NOT NULL,
	`handle` text NOT NULL,
	`handle_changed_at` integer,
	`name` text NOT NULL,
	`bio` text DEFAULT '' NOT NULL,
	`links` text DEFAULT '[]' NOT NULL,
	`picture` text,
	`is_public` integer DEFAULT true NOT NULL,
	`phone_verified` integer DEFAULT false NOT NULL,
	`suspended_until` integer,
	`joined_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `profile_handle_unique` ON `profile` (`handle`);